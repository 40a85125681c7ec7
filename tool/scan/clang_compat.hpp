// SPDX-License-Identifier: MIT
#pragma once

// The only place that asks for Clang's release. Each shim says until which release it is needed,
// and stops the build when SMARTASYNC_OLDEST_CLANG has left that release behind.

#include <clang/AST/DeclCXX.h>
#include <clang/AST/Type.h>
#include <clang/Basic/Version.h>
#include <clang/Sema/Sema.h>
#include <clang/Sema/Template.h>
#include <llvm/Option/OptTable.h>
#if CLANG_VERSION_MAJOR >= 22
#include <clang/Options/Options.h>
#else
#include <clang/Driver/Options.h>
#endif

namespace smartasync::gen::compat {

inline constexpr int oldest_clang = 19;
static_assert(CLANG_VERSION_MAJOR >= oldest_clang, "the oldest release of Clang served is 19");

// Until 22: the driver's options lived in clang::driver::options.
static_assert(oldest_clang < 22, "name clang::options directly");
#if CLANG_VERSION_MAJOR >= 22
namespace options = clang::options;
inline const llvm::opt::OptTable& driver_options() { return clang::getDriverOptTable(); }
#else
namespace options = clang::driver::options;
inline const llvm::opt::OptTable& driver_options() { return clang::driver::getDriverOptTable(); }
#endif

// Until 22: the declaration behind a name that a using-declaration brought in had another accessor.
static_assert(oldest_clang < 22, "call UsingType::getDecl() directly");
inline const clang::UsingShadowDecl* using_shadow(const clang::UsingType* type) {
#if CLANG_VERSION_MAJOR >= 22
  return type->getDecl();
#else
  return type->getFoundDecl();
#endif
}

// Until 22: a template-id had neither keyword nor scope.
static_assert(oldest_clang < 22, "call Sema::CheckTemplateIdType directly");
inline clang::QualType template_id(clang::Sema& sema, clang::TemplateDecl* named,
                                   clang::SourceLocation where,
                                   clang::TemplateArgumentListInfo& arguments) {
#if CLANG_VERSION_MAJOR >= 22
  return sema.CheckTemplateIdType(clang::ElaboratedTypeKeyword::None, clang::TemplateName(named),
                                  where, arguments, /*Scope=*/nullptr,
                                  /*ForNestedNameSpecifier=*/false);
#else
  return sema.CheckTemplateIdType(clang::TemplateName(named), where, arguments);
#endif
}

}  // namespace smartasync::gen::compat
