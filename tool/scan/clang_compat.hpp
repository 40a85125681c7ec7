// SPDX-License-Identifier: MIT
#pragma once

// The only place that asks for Clang's release. Each shim says until which release it is needed,
// and stops the build when SMARTASYNC_OLDEST_CLANG has left that release behind.

#include <clang/AST/DeclCXX.h>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/NestedNameSpecifier.h>
#include <clang/AST/Type.h>
#include <clang/Basic/Version.h>
#include <clang/Sema/Sema.h>
#include <clang/Sema/Template.h>
#include <llvm/Option/OptTable.h>

#include <optional>
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

// Until 22: a nested-name-specifier was a pointer, and could be an identifier.
static_assert(oldest_clang < 22, "name clang::NestedNameSpecifier directly");
#if CLANG_VERSION_MAJOR >= 22
using qualifier = clang::NestedNameSpecifier;
#else
using qualifier = const clang::NestedNameSpecifier*;
#endif

/// qualifier_parts is what a nested-name-specifier ends with; all empty for none and for `::`.
struct qualifier_parts {
  const clang::Type* type = nullptr;
  const clang::NamedDecl* space = nullptr;
  const clang::IdentifierInfo* name = nullptr;  ///< a member of the unknown `prefix`
  qualifier prefix = {};
};

inline qualifier_parts parts_of(qualifier written) {
#if CLANG_VERSION_MAJOR >= 22
  switch (written.getKind()) {
    case clang::NestedNameSpecifier::Kind::Type:
      return {written.getAsType()};
    case clang::NestedNameSpecifier::Kind::Namespace:
      return {nullptr, written.getAsNamespaceAndPrefix().Namespace};
    default:
      return {};
  }
#else
  if (written == nullptr) return {};
  if (const clang::NamespaceAliasDecl* alias = written->getAsNamespaceAlias()) {
    return {nullptr, alias->getNamespace()};
  }
  return {written->getAsType(), written->getAsNamespace(), written->getAsIdentifier(),
          written->getPrefix()};
#endif
}

// Until 21: a pointer to member named its class by a type.
static_assert(oldest_clang < 21, "ask MemberPointerType::getQualifier() directly");
inline const clang::Type* member_class(const clang::MemberPointerType& type) {
#if CLANG_VERSION_MAJOR >= 21
  return parts_of(type.getQualifier()).type;
#else
  return type.getClass();
#endif
}

/// dependent_id is `typename T::template rebind<U>`.
struct dependent_id {
  qualifier scope = {};
  const clang::IdentifierInfo* name = nullptr;
  llvm::ArrayRef<clang::TemplateArgument> arguments;
};

// Until 22: it was a type of its own.
inline std::optional<dependent_id> as_dependent_id(const clang::Type* type) {
#if CLANG_VERSION_MAJOR >= 22
  const auto* id = llvm::dyn_cast<clang::TemplateSpecializationType>(type);
  const auto* name = id == nullptr ? nullptr : id->getTemplateName().getAsDependentTemplateName();
  if (name == nullptr || name->getName().getIdentifier() == nullptr) return std::nullopt;
  return dependent_id{name->getQualifier(), name->getName().getIdentifier(),
                      id->template_arguments()};
#else
  const auto* id = llvm::dyn_cast<clang::DependentTemplateSpecializationType>(type);
  if (id == nullptr) return std::nullopt;
  return dependent_id{id->getQualifier(), id->getIdentifier(), id->template_arguments()};
#endif
}

// Until 20: a trailing requires-clause was a plain expression.
static_assert(oldest_clang < 21, "ask AssociatedConstraint directly");
inline const clang::Expr* trailing_requires(const clang::FunctionDecl& declared) {
#if CLANG_VERSION_MAJOR >= 21
  return declared.getTrailingRequiresClause().ConstraintExpr;
#else
  return declared.getTrailingRequiresClause();
#endif
}

}  // namespace smartasync::gen::compat
