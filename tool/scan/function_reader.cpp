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

void refuse_coroutine(scan_context& context, const clang::FunctionDecl& declared,
                      const function& result, coroutine_sort sort) {
  const source_position where = context.places.at(declared.getLocation());
  if (sort == coroutine_sort::generator) {
    context.report(diagnostic_id::generator_not_supported, where,
                   "'" + result.qualified_name + "' returns a generator",
                   "return a container, or say `kind = sync` to hand the generator out");
  } else {
    context.report(diagnostic_id::foreign_coroutine, where,
                   "'" + result.qualified_name +
                       "' returns a coroutine type that a smartasync::task cannot await",
                   "specialise smartasync::awaitable_traits for it");
  }
}

// A result that only an instance of the template has.
bool is_open(clang::QualType returned) {
  return returned->isDependentType() || returned->isUndeducedType();
}

const clang::TemplateSpecializationType* id_of(clang::QualType type) {
  return type.getNonReferenceType()->getAs<clang::TemplateSpecializationType>();
}

// `T` of smartasync::task<T>, or of an alias for it; null for any other type.
clang::QualType value_of_task(clang::QualType returned) {
  for (const auto* id = id_of(returned); id != nullptr;
       id = id->isTypeAlias() ? id->getAliasedType()->getAs<clang::TemplateSpecializationType>()
                              : nullptr) {
    const clang::TemplateDecl* named = id->getTemplateName().getAsTemplateDecl();
    if (named != nullptr && named->getName() == "task" && is_in_namespace(named, "smartasync") &&
        id->template_arguments().size() == 1) {
      return id->template_arguments()[0].getAsType();
    }
  }
  return {};
}

// Pointers, references, arrays and what the standard library has are never awaited.
bool is_plain(clang::QualType returned) {
  const clang::QualType type = returned.getNonReferenceType();
  const auto* id = id_of(returned);
  return type->isPointerType() ||
         (id != nullptr && is_in_namespace(id->getTemplateName().getAsTemplateDecl(), "std") &&
          !id->isTypeAlias());
}

// The kind of a template's instances, where the template says it.
void decide_open_kind(scan_context& context, const clang::FunctionDecl& declared,
                      type_speller& speller, function& result) {
  const clang::QualType returned = declared.getReturnType();
  const bool is_deduced = declared.getDeclaredReturnType()->getContainedDeducedType() != nullptr;
  result.kind = result.marks.kind;
  if (is_deduced) {
    if (own_parameters(declared) == nullptr && !declared.isDependentContext()) {
      context.report(diagnostic_id::incomplete_result, context.places.at(declared.getLocation()),
                     "the result of '" + result.qualified_name +
                         "' is deduced from a body that is "
                         "not in this header",
                     "define it here, or spell the return type");
    }
    result.result = "result";
    return;
  }
  result.returns = speller.returned(returned);
  const clang::QualType value = value_of_task(returned);
  if (!value.isNull() && result.kind != call_kind::sync) {
    result.kind = call_kind::async;
    result.result = speller.returned(value);
  } else if (result.kind == call_kind::sync || is_plain(returned)) {
    result.kind = call_kind::sync;
    result.result = result.returns;
  } else {
    result.result = "smartasync::awaited_t<" + result.returns + '>';
    const coroutine_sort sort = sort_of_template(id_of(returned));
    if (!result.kind && sort != coroutine_sort::none) {
      refuse_coroutine(context, declared, result, sort);
    }
  }
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
    if (sort != coroutine_sort::none) {
      refuse_coroutine(context, declared, result, sort);
    }
  }
  return result.kind == call_kind::async && awaited ? *awaited : returned;
}

void read_result(scan_context& context, const clang::FunctionDecl& declared,
                 clang::QualType awaited, type_speller& speller, function& result) {
  result.returns = speller.returned(declared.getReturnType());
  result.result = speller.returned(awaited);
  const source_position where = context.places.at(declared.getLocation());
  // A closure has no name, but the call that gives it has a type.
  const auto* placeholder = declared.getDeclaredReturnType()->getContainedDeducedType();
  if (speller.problem() && placeholder != nullptr) {
    result.returns.clear();
    result.result = "result";
  }
  const bool is_task = is_our_task(declared.getReturnType());
  if ((!is_task && !can_be_complete(context.sema, declared.getReturnType())) ||
      !can_be_complete(context.sema, awaited)) {
    context.report(
        diagnostic_id::incomplete_result, where,
        "the result of '" + result.qualified_name + "' is of a type that this header only declares",
        "include its definition");
  } else if (awaited->isRecordType() && !can_move(context.sema, awaited.getUnqualifiedType())) {
    context.report(diagnostic_id::result_not_movable, where,
                   "the result of '" + result.qualified_name +
                       "' cannot be moved, so it could not be handed to who awaits it",
                   "return a std::unique_ptr to it");
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
  bool result_may_point = false;
  const bool is_open_result = is_open(declared.getReturnType());
  if (is_open_result) {
    decide_open_kind(context, declared, speller, result);
  } else {
    const clang::QualType awaited = decide_kind(context, declared, result);
    read_result(context, declared, awaited, speller, result);
    result_may_point = may_point(context, awaited);
  }
  if (speller.problem() && !result.is_deduced()) {
    context.report(speller.problem()->id, result.where, "the result: " + speller.problem()->message,
                   "use a public type with a name of its own");
  }
  read_constraints(context, declared, names, result);
  read_parameters(context, declared, marked, names,
                  {.may_point = result_may_point, .is_open = is_open_result}, result);
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
