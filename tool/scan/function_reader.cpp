// SPDX-License-Identifier: MIT
#include "scan/function_reader.hpp"

#include <clang/AST/DeclCXX.h>

#include <algorithm>

#include "scan/default_argument.hpp"
#include "scan/documentation.hpp"
#include "scan/mark.hpp"
#include "scan/parameter_reader.hpp"
#include "scan/refusal.hpp"
#include "scan/result_reader.hpp"
#include "scan/template_reader.hpp"
#include "scan/type_text.hpp"

namespace smartasync::gen {
namespace {

bool is_refused(scan_context& context, const clang::FunctionDecl& declared) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&declared);
  std::optional<refusal> found = find_refusal(declared);
  if (!found && method != nullptr) {
    found = find_class_refusal(*method->getParent());
  }
  if (found) {
    context.report(found->id, context.places.at(declared.getLocation()),
                   "'" + shown_name(declared) + "' " + found->message, found->remedy);
  }
  return found.has_value();
}

// What the adoption files say of a function, which must be one and the same.
mark adopted_mark(scan_context& context, const clang::FunctionDecl& declared,
                  const std::vector<adopted_name>& names) {
  const adoption_rule& first = context.adopted.rule(names.front());
  for (const adopted_name& one : names) {
    const adoption_rule& other = context.adopted.rule(one);
    if (other.marks_text != first.marks_text) {
      context.findings.push_back({diagnostic_id::adoption_conflict,
                                  other.where,
                                  "'" + other.match + "' says something else of '" +
                                      shown_name(declared) + "' than '" + first.match + "'",
                                  {{first.where, "the other one is here"},
                                   {{}, "take the function out of one of them with `exclude`"}}});
      break;
    }
  }
  mark result;
  result.value = first.marks;
  result.where = first.where;
  result.attribute = first.where;
  return result;
}

// A sweep means many functions: what it says holds where it makes sense.
void fit_to(const clang::FunctionDecl& declared, annotation& marks) {
  const auto is_unknown = [&](const parameter_choice& choice) {
    return std::none_of(
        declared.param_begin(), declared.param_end(),
        [&](const clang::ParmVarDecl* one) { return one->getName() == choice.parameter; });
  };
  std::erase_if(marks.borrow, is_unknown);
  std::erase_if(marks.own, is_unknown);
}

// The only attribute of the declaration; a second one is an error.
mark only_mark(scan_context& context, const clang::FunctionDecl& declared,
               const std::vector<adopted_name>& names) {
  const auto attributes = own_marks(declared);
  if (attributes.empty()) {
    return adopted_mark(context, declared, names);
  }
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

void read_qualities(const clang::FunctionDecl& declared, function& result) {
  const auto* prototype = declared.getType()->castAs<clang::FunctionProtoType>();
  result.is_noexcept = !clang::isUnresolvedExceptionSpec(prototype->getExceptionSpecType()) &&
                       prototype->canThrow() == clang::CT_Cannot;
  result.nodiscard = declared.hasAttr<clang::WarnUnusedResultAttr>();
  if (const auto* attribute = declared.getAttr<clang::DeprecatedAttr>()) {
    result.deprecated = attribute->getMessage().str();
  }
  if (const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&declared)) {
    result.is_method = true;
    result.is_static = method->isStatic();
    result.is_const = method->isConst();
    result.is_overridable = method->isVirtual() && !method->hasAttr<clang::FinalAttr>();
    result.ref = method->getRefQualifier() == clang::RQ_LValue   ? ref_qualifier::lvalue
                 : method->getRefQualifier() == clang::RQ_RValue ? ref_qualifier::rvalue
                                                                 : ref_qualifier::none;
  }
}

void read_constraints(scan_context& context, const clang::FunctionDecl& declared,
                      const template_names& names, function& result) {
  type_speller speller(context.sema.Context, names);
  if (const clang::TemplateParameterList* list = own_parameters(declared)) {
    result.head = read_template_head(*list, names, speller);
  }
  if (const clang::Expr* wanted = compat::trailing_requires(declared)) {
    result.requires_text = speller.expression(*wanted);
  }
  if (speller.problem()) {
    context.report(speller.problem()->id, result.where,
                   "the template's head: " + speller.problem()->message,
                   "put it into a concept, which has a name");
  }
}

std::optional<function> read_marked(scan_context& context, const clang::FunctionDecl& declared,
                                    const mark& marked,
                                    const std::vector<std::string>& class_arguments) {
  const std::size_t findings_before = context.findings.size();
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

  const template_names names(declared, class_arguments);
  type_speller speller(context.sema.Context, names);
  const result_facts facts = read_result(context, declared, speller, result);
  if (speller.problem() && !result.is_deduced()) {
    context.report(speller.problem()->id, result.where, "the result: " + speller.problem()->message,
                   "use a public type with a name of its own");
  }
  read_constraints(context, declared, names, result);
  read_parameters(context, declared, marked, names,
                  {.may_point = facts.may_point, .is_open = facts.is_open}, result);
  read_defaults(declared, result);
  read_qualities(declared, result);
  if (context.findings.size() != findings_before) {
    return std::nullopt;
  }
  return result;
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

std::optional<function> read_function(scan_context& context, const clang::FunctionDecl& declared,
                                      const std::vector<std::string>& class_arguments) {
  const std::vector<adopted_name> names = context.adopted.selected(declared);
  context.adopted.found(names);
  const std::size_t findings_before = context.findings.size();
  mark marked = only_mark(context, declared, names);
  if (context.findings.size() != findings_before) {
    return std::nullopt;
  }
  const bool is_adopted = own_marks(declared).empty();
  const bool is_swept = is_adopted && std::all_of(names.begin(), names.end(),
                                                  [](const auto& one) { return one.is_swept; });
  if (is_swept) {
    fit_to(declared, marked.value);
  }
  std::optional<function> result = read_marked(context, declared, marked, class_arguments);
  if (!is_adopted) {
    return result;
  }
  if (!result) {
    const auto first = context.findings.begin() + static_cast<std::ptrdiff_t>(findings_before);
    const std::vector<diagnostic> findings(first, context.findings.end());
    context.findings.erase(first, context.findings.end());
    context.adopted.failed(
        names,
        {shown_name(declared), context.places.at(declared.getLocation()), findings.front().message},
        findings);
    return std::nullopt;
  }
  context.adopted.served(names);
  if (is_swept && result->kind == call_kind::async) {
    result->marks.executor.reset();
  }
  return result;
}

}  // namespace smartasync::gen
