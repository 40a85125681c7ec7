// SPDX-License-Identifier: MIT
// The part of awaitable.hpp that makes and finds instances of class templates.
#include <clang/AST/ASTContext.h>
#include <clang/AST/DeclTemplate.h>
#include <clang/Sema/Lookup.h>

#include "scan/awaitable.hpp"
#include "scan/clang_compat.hpp"
#include "scan/sema_trial.hpp"

namespace smartasync::gen {

clang::QualType instance_of(clang::Sema& sema, clang::ClassTemplateDecl& named,
                            clang::QualType argument) {
  const clang::SourceLocation where =
      sema.getSourceManager().getLocForStartOfFile(sema.getSourceManager().getMainFileID());
  clang::TemplateArgumentListInfo arguments(where, where);
  arguments.addArgument(clang::TemplateArgumentLoc(
      clang::TemplateArgument(argument), sema.Context.getTrivialTypeSourceInfo(argument, where)));
  const sema_trial trial(sema);
  const clang::QualType result = compat::template_id(sema, &named, where, arguments);
  return trial.failed() ? clang::QualType() : result;
}

bool has_specialization(clang::Sema& sema, llvm::StringRef name, clang::QualType type) {
  clang::ClassTemplateDecl* named = find_template(sema, "smartasync", name);
  if (named == nullptr) {
    return false;
  }
  const clang::QualType instance =
      instance_of(sema, *named, type.getCanonicalType().getUnqualifiedType());
  if (instance.isNull() || !is_complete(sema, instance)) {
    return false;
  }
  const auto* record = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(
      instance->getAsCXXRecordDecl());
  if (record == nullptr) {
    return false;
  }
  return record->getSpecializationKind() == clang::TSK_ExplicitSpecialization ||
         llvm::isa<clang::ClassTemplatePartialSpecializationDecl*>(
             record->getSpecializedTemplateOrPartial());
}

std::optional<bool> declared_view(clang::Sema& sema, clang::QualType type) {
  clang::ClassTemplateDecl* named = find_template(sema, "smartasync", "is_view");
  if (named == nullptr) {
    return std::nullopt;
  }
  // The runtime's own partial specialisations see through const and volatile. Without others, the
  // guess need not be instantiated.
  llvm::SmallVector<clang::ClassTemplatePartialSpecializationDecl*, 8> partial;
  named->getPartialSpecializations(partial);
  const bool is_specialized =
      partial.size() > 3 || llvm::any_of(named->specializations(), [](const auto* one) {
        return one->getSpecializationKind() == clang::TSK_ExplicitSpecialization;
      });
  if (!is_specialized || !has_specialization(sema, "is_view", type)) {
    return std::nullopt;
  }
  const clang::QualType instance =
      instance_of(sema, *named, type.getCanonicalType().getUnqualifiedType());
  const sema_trial trial(sema);
  clang::LookupResult found(sema, &sema.Context.Idents.get("value"), named->getLocation(),
                            clang::Sema::LookupMemberName);
  found.suppressDiagnostics();
  sema.LookupQualifiedName(found, instance->getAsCXXRecordDecl());
  auto* value = found.getAsSingle<clang::VarDecl>();
  if (value == nullptr) {
    return std::nullopt;
  }
  const clang::APValue* known = value->evaluateValue();
  return known != nullptr && known->isInt() ? std::optional(known->getInt().getBoolValue())
                                            : std::nullopt;
}

}  // namespace smartasync::gen
