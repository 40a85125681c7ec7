// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/DeclTemplate.h>

#include <string>
#include <vector>

namespace smartasync::gen {

/// template_names says how the template parameters around a declaration are called in the entries:
/// as the author calls them, but for those without a name and those called like a member of the
/// emitted classes.
class template_names {
 public:
  using lists = std::vector<const clang::TemplateParameterList*>;

  explicit template_names(const clang::Decl& declared);

  /// The same, with other texts for the parameters of the outermost template: what they are in a
  /// class that derives from an instance of it.
  template_names(const clang::Decl& declared, const std::vector<std::string>& outermost);

  /// of() is the name of a parameter; empty for one of another declaration.
  std::string of(unsigned depth, unsigned index) const;
  std::string of(const clang::NamedDecl& parameter) const;

  /// around() are the parameter lists, the outermost first.
  const lists& around() const { return lists_; }

 private:
  lists lists_;
  std::vector<std::vector<std::string>> names_;
};

/// own_parameters() is the parameter list of a function template, a class template or a partial
/// specialisation; null for what is none.
const clang::TemplateParameterList* own_parameters(const clang::Decl& declared);

}  // namespace smartasync::gen
