// SPDX-License-Identifier: MIT
#include "scan/keep_rules.hpp"

#include <clang/AST/DeclTemplate.h>

#include "scan/awaitable.hpp"
#include "scan/class_facts.hpp"

namespace smartasync::gen {
namespace {

constexpr const char* points_into_it = "the result may point into it";

keep_decision in_place(std::string reason) {
  return {keep_policy::in_place, {}, std::move(reason), std::nullopt};
}

keep_decision refused(diagnostic_id id, std::string message) {
  return {keep_policy::moved, {}, {}, type_problem{id, std::move(message)}};
}

const clang::ClassTemplateSpecializationDecl* std_instance(clang::QualType type,
                                                           llvm::StringRef name) {
  const auto* record =
      llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(type->getAsCXXRecordDecl());
  return is_std(record, name) ? record : nullptr;
}

// The element of a view, as the author spelled it if the view is spelled as a template-id.
clang::QualType element_of(clang::QualType view,
                           const clang::ClassTemplateSpecializationDecl& record) {
  const auto* id = view->getAs<clang::TemplateSpecializationType>();
  if (id != nullptr && !id->isTypeAlias() && !id->template_arguments().empty() &&
      id->template_arguments()[0].getKind() == clang::TemplateArgument::Type) {
    return id->template_arguments()[0].getAsType();
  }
  return record.getTemplateArgs()[0].getAsType();
}

std::string text_owner(type_speller& speller, clang::QualType character) {
  const clang::Type& type = *character.getCanonicalType();
  const auto* builtin = llvm::dyn_cast<clang::BuiltinType>(&type);
  switch (builtin == nullptr ? clang::BuiltinType::Void : builtin->getKind()) {
    case clang::BuiltinType::Char_S:
    case clang::BuiltinType::Char_U:
      return "std::string";
    case clang::BuiltinType::WChar_S:
    case clang::BuiltinType::WChar_U:
      return "std::wstring";
    case clang::BuiltinType::Char8:
      return "std::u8string";
    case clang::BuiltinType::Char16:
      return "std::u16string";
    case clang::BuiltinType::Char32:
      return "std::u32string";
    default:
      return "std::basic_string<" + speller.spell(character.getUnqualifiedType()) + '>';
  }
}

// The owning type of the first row; empty for what is no view of owners.
std::string owner_of(clang::Sema& sema, type_speller& speller, clang::QualType type) {
  if (const auto* view = std_instance(type, "basic_string_view")) {
    return text_owner(speller, view->getTemplateArgs()[0].getAsType());
  }
  const auto* span = std_instance(type, "span");
  if (span == nullptr || span->getTemplateArgs().size() != 2) {
    return {};
  }
  const clang::QualType element = element_of(type, *span);
  const bool is_dynamic = span->getTemplateArgs()[1].getAsIntegral().isAllOnes();
  const clang::QualType bare = element.getCanonicalType().getUnqualifiedType();
  // std::vector<bool> has no elements to look at, and a vector of views owns nothing.
  if (!element.isConstQualified() || !is_dynamic || bare->isBooleanType() ||
      !can_copy(sema, bare) || is_view_like(sema, bare)) {
    return {};
  }
  return "std::vector<" + speller.spell(element.getUnqualifiedType()) + '>';
}

bool is_text_pointer(clang::QualType type) {
  const clang::QualType pointee = type->getPointeeType();
  // unsigned char and signed char are bytes.
  const bool is_text = pointee->isAnyCharacterType() &&
                       !pointee->isSpecificBuiltinType(clang::BuiltinType::UChar) &&
                       !pointee->isSpecificBuiltinType(clang::BuiltinType::SChar);
  return type->isPointerType() && pointee.isConstQualified() && is_text;
}

keep_decision decide_pointer(clang::Sema& sema, clang::QualType type, keep_wish wish) {
  const clang::QualType pointee = type->getPointeeType();
  if (pointee->isFunctionType()) {
    return {};
  }
  if (is_text_pointer(type)) {
    if (wish == keep_wish::own) {
      return pointee->isCharType()
                 ? keep_decision{keep_policy::own_text, {}, {}, std::nullopt}
                 : refused(diagnostic_id::annotation_cannot_own, "only text of char can be owned");
    }
    return in_place({});
  }
  if (wish != keep_wish::own) {
    return {keep_policy::borrowed, {}, {}, std::nullopt};
  }
  const clang::QualType target = pointee.getUnqualifiedType();
  const clang::CXXRecordDecl* record = target->getAsCXXRecordDecl();
  const bool slices = record != nullptr && record->hasDefinition() && record->isPolymorphic();
  if (target->isVoidType() || slices || !can_copy(sema, target)) {
    return refused(diagnostic_id::annotation_cannot_own,
                   "what it points to cannot be copied, so it cannot be owned");
  }
  return {keep_policy::own_target, {}, {}, std::nullopt};
}

// const T&: copied where a copy is the same thing.
keep_decision decide_const_reference(clang::Sema& sema, clang::QualType value,
                                     bool result_may_point, keep_wish wish) {
  if (!can_be_complete(sema, value)) {
    return in_place("its class is only declared here, so it cannot be copied");
  }
  const clang::CXXRecordDecl* record = value->getAsCXXRecordDecl();
  if (record != nullptr && record->hasDefinition() && record->isPolymorphic()) {
    return in_place("its class is polymorphic: a copy would slice it");
  }
  if (!can_copy(sema, value.getUnqualifiedType())) {
    return in_place("it cannot be copied");
  }
  if (wish == keep_wish::borrow || wish == keep_wish::borrow_if_useful) {
    return in_place({});
  }
  if (result_may_point && wish != keep_wish::own) {
    return in_place(points_into_it);
  }
  return {keep_policy::copied, {}, {}, std::nullopt};
}

// Why a T&& is kept as the reference that it is; empty where it is moved into a T.
std::string why_not_moved(clang::Sema& sema, clang::QualType value) {
  if (!is_complete(sema, value)) {
    return "its class is only declared here, so it cannot be moved";
  }
  const clang::CXXRecordDecl* record = value->getAsCXXRecordDecl();
  if (record != nullptr && record->isPolymorphic()) {
    return "its class is polymorphic: a move would slice it";
  }
  return can_move(sema, value) ? "" : "it cannot be moved";
}

keep_decision decide_value(clang::Sema& sema, clang::QualType value, keep_wish wish) {
  if (wish == keep_wish::borrow && !value->isScalarType()) {
    return refused(diagnostic_id::annotation_cannot_borrow,
                   "it is taken by value: there is nothing to borrow");
  }
  if (!can_move(sema, value)) {
    return refused(diagnostic_id::parameter_not_movable,
                   "its type cannot be moved, so a pending call could not keep it");
  }
  return {};
}

}  // namespace

keep_decision decide_keep(clang::Sema& sema, type_speller& speller, clang::QualType type,
                          bool result_may_point, keep_wish wish) {
  const clang::QualType value = type.getNonReferenceType();
  const bool is_view = is_view_like(sema, value) && !value->isPointerType();
  const bool wants_borrow = wish == keep_wish::borrow || wish == keep_wish::borrow_if_useful;
  // A function lives as long as the program, by reference as by pointer.
  if (value->isFunctionType()) {
    keep_decision result;
    result.keeps_reference = true;
    return result;
  }
  // What the function may change is the caller's own object.
  if (type->isLValueReferenceType() && (!value.isConstQualified() || value.isVolatileQualified())) {
    if (wish == keep_wish::own) {
      return refused(diagnostic_id::annotation_cannot_own,
                     "it is the caller's object that the function may change");
    }
    return is_view ? in_place("what it views is the caller's")
                   : keep_decision{keep_policy::borrowed, {}, {}, std::nullopt};
  }
  if (std::string owner = owner_of(sema, speller, value); !owner.empty()) {
    if (wants_borrow) {
      return in_place({});
    }
    if (result_may_point && wish != keep_wish::own) {
      return in_place(points_into_it);
    }
    return {keep_policy::viewed, std::move(owner), {}, std::nullopt};
  }
  const bool is_object_pointer =
      value->isPointerType() && !value->getPointeeType()->isFunctionType();
  if (value->isPointerType() && !type->isReferenceType()) {
    return decide_pointer(sema, value, wish);
  }
  if ((is_view || is_object_pointer) && wish != keep_wish::own) {
    const bool is_plain = std_instance(value, "span") != nullptr || is_object_pointer;
    return in_place(is_plain ? "" : "its class looks like a view");
  }
  if (type->isLValueReferenceType()) {
    return decide_const_reference(sema, value, result_may_point, wish);
  }
  if (type->isRValueReferenceType()) {
    if (std::string reason = why_not_moved(sema, value); !reason.empty()) {
      keep_decision result = in_place(std::move(reason));
      result.keeps_reference = true;
      return result;
    }
  }
  return decide_value(sema, value.getUnqualifiedType(), wish);
}

}  // namespace smartasync::gen
