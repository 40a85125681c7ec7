// SPDX-License-Identifier: MIT
#include "scan/result_reader.hpp"

#include "scan/awaitable.hpp"
#include "scan/class_facts.hpp"
#include "scan/refusal.hpp"
#include "scan/template_names.hpp"

namespace smartasync::gen {
namespace {

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

void spell_result(scan_context& context, const clang::FunctionDecl& declared,
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

}  // namespace

result_facts read_result(scan_context& context, const clang::FunctionDecl& declared,
                         type_speller& speller, function& result) {
  if (is_open(declared.getReturnType())) {
    decide_open_kind(context, declared, speller, result);
    return {.may_point = false, .is_open = true};
  }
  const clang::QualType awaited = decide_kind(context, declared, result);
  spell_result(context, declared, awaited, speller, result);
  return {.may_point = may_point(context, awaited), .is_open = false};
}

}  // namespace smartasync::gen
