// SPDX-License-Identifier: MIT
#include "scan/refusal.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/DeclTemplate.h>
#include <llvm/ADT/STLExtras.h>

#include "scan/type_text.hpp"

namespace smartasync::gen {
namespace {

constexpr const char* wrap = "annotate a plain function that calls it";

std::optional<refusal> refuse_template(const clang::FunctionDecl& declared) {
  if (declared.getPrimaryTemplate() != nullptr) {
    return refusal{diagnostic_id::function_specialization, "is a specialisation of a template",
                   "annotate the template itself: its entries serve every specialisation"};
  }
  return std::nullopt;
}

std::optional<refusal> refuse_kind(const clang::FunctionDecl& declared) {
  if (llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl>(declared)) {
    return refusal{diagnostic_id::constructor_or_destructor, "is a constructor or destructor",
                   "annotate a function that makes or closes the object"};
  }
  if (llvm::isa<clang::CXXConversionDecl>(declared)) {
    return refusal{diagnostic_id::conversion_function, "is a conversion function",
                   "annotate a named method that does the same"};
  }
  switch (declared.getOverloadedOperator()) {
    case clang::OO_Equal:
    case clang::OO_Arrow:
    case clang::OO_Amp:
    case clang::OO_Comma:
    case clang::OO_Coawait:
    case clang::OO_New:
    case clang::OO_Delete:
    case clang::OO_Array_New:
    case clang::OO_Array_Delete:
      return refusal{diagnostic_id::operator_not_supported,
                     "is an operator whose result or meaning the language fixes",
                     "annotate a named function that does the same"};
    default:
      break;
  }
  if (llvm::isa<clang::CXXDeductionGuideDecl>(declared)) {
    return refusal{diagnostic_id::attribute_on_non_function, "is a deduction guide",
                   "put the attribute before a function or method"};
  }
  return std::nullopt;
}

// Only arguments find it: no name that the entries could qualify does.
bool is_friend_alone(const clang::FunctionDecl& declared) {
  return llvm::all_of(declared.redecls(), [](const clang::FunctionDecl* each) {
    return each->getFriendObjectKind() != clang::Decl::FOK_None;
  });
}

std::optional<refusal> refuse_place(const clang::FunctionDecl& declared) {
  if (is_friend_alone(declared)) {
    return refusal{diagnostic_id::friend_not_supported, "is declared as a friend",
                   "annotate its declaration outside of the class"};
  }
  if (declared.getAccess() == clang::AS_private || declared.getAccess() == clang::AS_protected) {
    return refusal{diagnostic_id::non_public_method, "is not public",
                   "make it public, or take the attribute away"};
  }
  if (declared.getDeclContext()->isFunctionOrMethod() ||
      declared.getFormalLinkage() == clang::Linkage::Internal) {
    return refusal{diagnostic_id::local_linkage, "is not visible outside of its own source file",
                   "take it out of the unnamed namespace, make it inline instead of static"};
  }
  return std::nullopt;
}

std::optional<refusal> refuse_form(const clang::FunctionDecl& declared) {
  if (declared.isDeleted()) {
    return refusal{diagnostic_id::deleted_function, "is deleted", "take the attribute away"};
  }
  if (declared.isConsteval()) {
    return refusal{diagnostic_id::consteval_function, "is consteval",
                   "there is nothing to wait for when the program runs: take the attribute away"};
  }
  if (declared.isVariadic()) {
    return refusal{diagnostic_id::variadic_function, "takes C variadic arguments",
                   "annotate a function with the parameters that it really takes"};
  }
  if (declared.hasCXXExplicitFunctionObjectParameter()) {
    return refusal{diagnostic_id::explicit_object_parameter, "has an explicit object parameter",
                   "write it as an ordinary method"};
  }
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&declared);
  if (method != nullptr && method->isVolatile()) {
    return refusal{diagnostic_id::volatile_method, "is volatile", wrap};
  }
  return std::nullopt;
}

}  // namespace

std::optional<refusal> find_refusal(const clang::FunctionDecl& declared) {
  for (const auto check : {refuse_kind, refuse_template, refuse_place, refuse_form}) {
    if (std::optional<refusal> found = check(declared)) {
      return found;
    }
  }
  return std::nullopt;
}

std::optional<refusal> find_class_refusal(const clang::CXXRecordDecl& record) {
  if (record.getIdentifier() == nullptr) {
    return refusal{diagnostic_id::unnamed_class, "is in a class without a name",
                   "give the class a name"};
  }
  for (const clang::DeclContext* at = &record; at->isRecord(); at = at->getParent()) {
    const auto& around = llvm::cast<clang::CXXRecordDecl>(*at);
    if (around.getAccess() == clang::AS_private || around.getAccess() == clang::AS_protected) {
      return refusal{diagnostic_id::non_public_type, "is in a class that is not public",
                     "make the class public, or take the attribute away"};
    }
    if (at != &record && around.isDependentContext()) {
      return refusal{diagnostic_id::class_in_template, "is in a class inside of a class template",
                     "move the class into the namespace"};
    }
  }
  return std::nullopt;
}

}  // namespace smartasync::gen
