// SPDX-License-Identifier: MIT
// The part of awaitable.hpp that makes and finds instances of class templates.
#include <clang/AST/ASTContext.h>
#include <clang/AST/DeclTemplate.h>

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

}  // namespace smartasync::gen
