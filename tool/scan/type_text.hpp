// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/ASTContext.h>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/Expr.h>
#include <clang/AST/Type.h>

#include <optional>
#include <string>

#include "model/diagnostic.hpp"
#include "scan/clang_compat.hpp"
#include "scan/template_names.hpp"

namespace smartasync::gen {

/// type_problem says why a type cannot be written down outside of where it is declared.
struct type_problem {
  diagnostic_id id;
  std::string message;
};

/// type_speller writes types so that they mean the same anywhere: qualified from `::` (only `std::`
/// and `smartasync::` go without), the author's aliases kept, default template arguments left out.
/// It does not use Clang's printer for names, whose text differs from release to release.
class type_speller {
 public:
  explicit type_speller(clang::ASTContext& context) : context_(context) {}

  /// A speller for what is declared in templates; `names` must outlive it.
  type_speller(clang::ASTContext& context, const template_names& names)
      : context_(context), names_(&names) {}

  /// spell() writes a type, and with `declarator` a declaration of that name: `int (&values)[4]`.
  std::string spell(clang::QualType type, std::string declarator = "");

  /// returned() writes the type of a result, which stands before the name of a function as a whole:
  /// what has parts behind the name (`int (&)[2]`) is `std::type_identity_t<int (&)[2]>`.
  std::string returned(clang::QualType type);

  /// name() is the qualified name of a class, alias, enumeration or function.
  std::string name(const clang::NamedDecl& declaration);

  /// expression() writes an expression of a signature: a constraint, an operand of decltype, a
  /// template argument. What cannot be written so that it means the same is a problem.
  std::string expression(const clang::Expr& written);

  /// argument() writes a template argument, a pack of them with commas between.
  std::string argument(const clang::TemplateArgument& argument);

  /// constraint() is `::shop::sized<4>` before the name of what it constrains.
  std::string constraint(const clang::NamedDecl& named,
                         const clang::ASTTemplateArgumentListInfo* arguments);

  /// problem() is the first one met since the speller was made.
  const std::optional<type_problem>& problem() const { return problem_; }

 private:
  std::string leaf(const std::string& name, clang::Qualifiers qualifiers,
                   const std::string& declarator) const;
  std::string function(const clang::FunctionProtoType& type, const std::string& declarator);
  std::string array(clang::QualType type, const std::string& declarator);
  std::string pointer(clang::QualType pointee, const std::string& sign,
                      const std::string& declarator);
  std::string sugar(clang::QualType type, const std::string& declarator);
  std::optional<std::string> alias(const clang::Type& type);
  std::optional<std::string> template_id(const clang::TemplateSpecializationType& type);
  std::string specialization(const clang::ClassTemplateSpecializationDecl& record);
  std::string component(const clang::NamedDecl& declaration);
  std::string integral(const clang::TemplateArgument& argument);
  std::string own_arguments(const clang::CXXRecordDecl& record);
  std::string arguments(llvm::ArrayRef<clang::TemplateArgument> written);
  std::string arguments(llvm::ArrayRef<clang::TemplateArgumentLoc> written);
  std::string class_name(const clang::Type& type);
  std::string qualifier(compat::qualifier written);
  std::optional<std::string> dependent(const clang::Type& type);
  std::string reference(const clang::DeclRefExpr& written);
  std::string lookup(const clang::UnresolvedLookupExpr& written);
  std::string requirements(const clang::RequiresExpr& written);
  std::string operation(const clang::CXXOperatorCallExpr& written);
  std::string operands(llvm::ArrayRef<const clang::Expr*> all);
  void report(diagnostic_id id, std::string message);

  clang::ASTContext& context_;
  const template_names* names_ = nullptr;
  bool shows_templates_bare_ = false;
  friend std::string shown_name(const clang::NamedDecl& declaration);
  std::optional<type_problem> problem_;
};

/// shown_name() is a qualified name for messages: `shop::Client::get`, the same from every release.
std::string shown_name(const clang::NamedDecl& declaration);

/// is_std() tells whether a declaration is `std::name`, inline namespaces seen through.
bool is_std(const clang::NamedDecl* declaration, llvm::StringRef name);

/// is_in_namespace() tells whether a declaration is a direct member of the top-level namespace.
bool is_in_namespace(const clang::NamedDecl* declaration, llvm::StringRef name);

}  // namespace smartasync::gen
