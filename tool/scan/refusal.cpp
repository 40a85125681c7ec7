// SPDX-License-Identifier: MIT
#include "scan/refusal.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/DeclTemplate.h>

#include "scan/type_text.hpp"

namespace smartasync::gen {
namespace {

constexpr const char* wrap = "annotate a plain function that calls it";

std::optional<refusal> refuse_template(const clang::FunctionDecl& declared) {
  if (declared.getDescribedFunctionTemplate() != nullptr) {
    return refusal{diagnostic_id::template_not_supported, "is a template", wrap};
  }
  if (declared.isDependentContext()) {
    return refusal{diagnostic_id::class_template_not_supported, "is a member of a class template",
                   wrap};
  }
  if (declared.getTemplateSpecializationKind() != clang::TSK_Undeclared ||
      llvm::isa<clang::ClassTemplateSpecializationDecl>(declared.getDeclContext())) {
    return refusal{diagnostic_id::specialization_not_supported, "is a specialisation of a template",
                   wrap};
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
  if (declared.isOverloadedOperator() || declared.getLiteralIdentifier() != nullptr) {
    return refusal{diagnostic_id::operator_not_supported, "is an operator",
                   "annotate a named function that does the same"};
  }
  if (llvm::isa<clang::CXXDeductionGuideDecl>(declared)) {
    return refusal{diagnostic_id::attribute_on_non_function, "is a deduction guide",
                   "put the attribute before a function or method"};
  }
  return std::nullopt;
}

std::optional<refusal> refuse_place(const clang::FunctionDecl& declared) {
  if (declared.getFriendObjectKind() != clang::Decl::FOK_None) {
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
  if (declared.getDeclaredReturnType()->getContainedDeducedType() != nullptr) {
    return refusal{diagnostic_id::deduced_result_not_supported, "has a deduced result",
                   "spell the return type"};
  }
  return std::nullopt;
}

bool shares_itself(const clang::CXXRecordDecl& record) {
  for (const clang::CXXBaseSpecifier& parent : record.bases()) {
    const clang::CXXRecordDecl* type = parent.getType()->getAsCXXRecordDecl();
    if (type != nullptr && (is_std(type, "enable_shared_from_this") ||
                            (type->hasDefinition() && shares_itself(*type->getDefinition())))) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<refusal> find_refusal(const clang::FunctionDecl& declared) {
  if (declared.getLocation().isMacroID()) {
    return refusal{diagnostic_id::macro_declaration, "is declared by a macro",
                   "write the declaration out; the attribute alone may come from a macro"};
  }
  for (const auto check : {refuse_kind, refuse_template, refuse_place, refuse_form}) {
    if (std::optional<refusal> found = check(declared)) {
      return found;
    }
  }
  return std::nullopt;
}

std::optional<refusal> find_class_refusal(const clang::CXXRecordDecl& record, bool needs_object) {
  if (record.getIdentifier() == nullptr) {
    return refusal{diagnostic_id::unnamed_class, "is in a class without a name",
                   "give the class a name"};
  }
  if (record.getDeclContext()->isRecord()) {
    return refusal{diagnostic_id::nested_class_not_supported, "is in a class inside of a class",
                   "move the class into the namespace"};
  }
  if (needs_object && shares_itself(record)) {
    return refusal{diagnostic_id::shared_from_this_not_supported,
                   "is in a class with shared_from_this, which a pending call must keep alive",
                   "annotate a free function that takes the std::shared_ptr by value"};
  }
  return std::nullopt;
}

}  // namespace smartasync::gen
