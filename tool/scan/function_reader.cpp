// SPDX-License-Identifier: MIT
#include "scan/function_reader.hpp"

#include <clang/AST/DeclCXX.h>

#include <algorithm>

#include "scan/awaitable.hpp"
#include "scan/class_facts.hpp"
#include "scan/default_argument.hpp"
#include "scan/documentation.hpp"
#include "scan/mark.hpp"
#include "scan/parameter_reader.hpp"
#include "scan/refusal.hpp"
#include "scan/type_text.hpp"

namespace smartasync::gen {
namespace {

bool is_refused(scan_context& context, const clang::FunctionDecl& declared) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&declared);
  std::optional<refusal> found = find_refusal(declared);
  if (!found && method != nullptr) {
    found = find_class_refusal(*method->getParent(), !method->isStatic());
  }
  if (found) {
    context.report(found->id, context.places.at(declared.getLocation()),
                   "'" + shown_name(declared) + "' " + found->message, found->remedy);
  }
  return found.has_value();
}

// The only attribute of the declaration; a second one is an error.
mark only_mark(scan_context& context, const clang::FunctionDecl& declared) {
  const auto attributes = own_marks(declared);
  const clang::Preprocessor& preprocessor = context.sema.getPreprocessor();
  mark result = read_mark(*attributes.front(), preprocessor, context.places, context.findings);
  if (attributes.size() > 1) {
    diagnostic finding{diagnostic_id::attribute_duplicate,
                       context.places.at(attributes[1]->getLocation()),
                       "'" + shown_name(declared) + "' carries the attribute twice",
                       {{result.attribute, "the first one is here"}}};
    context.findings.push_back(std::move(finding));
  }
  return result;
}

// Sync or async, and what the sync entry returns.
clang::QualType decide_kind(scan_context& context, const clang::FunctionDecl& declared,
                            function& result) {
  const clang::QualType returned = declared.getReturnType();
  const std::optional<clang::QualType> awaited = awaited_type(context.sema, returned);
  const source_position where = context.places.at(declared.getLocation());
  if (result.marks.kind) {
    result.kind = *result.marks.kind;
    if (result.kind == call_kind::async && !awaited) {
      context.report(diagnostic_id::not_awaitable, where,
                     "the result of '" + result.qualified_name + "' cannot be awaited",
                     "take `kind = async` away, or specialise smartasync::awaitable_traits");
    }
  } else {
    result.kind = awaited ? call_kind::async : call_kind::sync;
    const coroutine_sort sort =
        awaited ? coroutine_sort::none : sort_of_coroutine(context.sema, returned);
    if (sort == coroutine_sort::generator) {
      context.report(diagnostic_id::generator_not_supported, where,
                     "'" + result.qualified_name + "' returns a generator",
                     "return a container, or say `kind = sync` to hand the generator out");
    } else if (sort == coroutine_sort::foreign) {
      context.report(diagnostic_id::foreign_coroutine, where,
                     "'" + result.qualified_name +
                         "' returns a coroutine type that a smartasync::task cannot await",
                     "specialise smartasync::awaitable_traits for it");
    }
  }
  return result.kind == call_kind::async && awaited ? *awaited : returned;
}

void read_result(scan_context& context, const clang::FunctionDecl& declared,
                 clang::QualType awaited, function& result) {
  type_speller speller(context.sema.Context);
  result.returns = speller.spell(declared.getReturnType());
  result.result = speller.spell(awaited);
  const source_position where = context.places.at(declared.getLocation());
  if (speller.problem()) {
    context.report(speller.problem()->id, where, "the result: " + speller.problem()->message,
                   "use a public type with a name of its own");
  }
  if (!is_complete(context.sema, declared.getReturnType()) || !is_complete(context.sema, awaited)) {
    context.report(
        diagnostic_id::incomplete_result, where,
        "the result of '" + result.qualified_name + "' is of a type that this header only declares",
        "include its definition");
  }
}

bool may_point(scan_context& context, clang::QualType result) {
  if (result->isReferenceType() || result->isPointerType()) {
    return !result->isPointerType() || !result->getPointeeType()->isFunctionType();
  }
  return !result->isVoidType() && is_view_like(context.sema, result);
}

void read_qualities(const clang::FunctionDecl& declared, function& result) {
  const auto* prototype = declared.getType()->castAs<clang::FunctionProtoType>();
  result.is_noexcept = prototype->isNothrow();
  result.nodiscard = declared.hasAttr<clang::WarnUnusedResultAttr>();
  if (const auto* attribute = declared.getAttr<clang::DeprecatedAttr>()) {
    result.deprecated = attribute->getMessage().str();
  }
  if (const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&declared)) {
    result.is_method = true;
    result.is_static = method->isStatic();
    result.is_const = method->isConst();
    result.ref = method->getRefQualifier() == clang::RQ_LValue   ? ref_qualifier::lvalue
                 : method->getRefQualifier() == clang::RQ_RValue ? ref_qualifier::rvalue
                                                                 : ref_qualifier::none;
  }
}

}  // namespace

std::vector<std::string> namespaces_of(const clang::Decl& declaration) {
  std::vector<std::string> result;
  for (const clang::DeclContext* at = declaration.getDeclContext(); !at->isTranslationUnit();
       at = at->getParent()) {
    const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(at);
    if (space != nullptr && !space->isInline() && !space->isAnonymousNamespace()) {
      result.insert(result.begin(), space->getNameAsString());
    }
  }
  return result;
}

std::optional<function> read_function(scan_context& context, const clang::FunctionDecl& declared) {
  const std::size_t findings_before = context.findings.size();
  const mark marked = only_mark(context, declared);
  if (is_refused(context, declared)) {
    return std::nullopt;
  }
  function result;
  result.name = declared.getNameAsString();
  result.namespaces = namespaces_of(declared);
  result.where = context.places.at(declared.getLocation());
  result.documentation = documentation_of(declared);
  result.marks = marked.value;
  result.marks_text = marked.text;
  result.marks_where = marked.where;
  result.qualified_name = shown_name(declared);

  const clang::QualType awaited = decide_kind(context, declared, result);
  read_result(context, declared, awaited, result);
  result.parameters = read_parameters(context, declared, marked, may_point(context, awaited));
  read_defaults(declared, result);
  read_qualities(declared, result);
  if (context.findings.size() != findings_before) {
    return std::nullopt;
  }
  return result;
}

}  // namespace smartasync::gen
