// SPDX-License-Identifier: MIT
#include "scan/template_reader.hpp"

namespace smartasync::gen {
namespace {

std::string with_name(const std::string& before, bool is_pack, const std::string& name) {
  return before + (is_pack ? "... " : " ") + name;
}

// The parameters of a template template parameter, whose names say nothing.
std::string inner_list(const clang::TemplateParameterList& written, type_speller& speller) {
  std::string text;
  for (const clang::NamedDecl* parameter : written) {
    text += text.empty() ? "" : ", ";
    const bool is_pack = parameter->isTemplateParameterPack();
    if (const auto* value = llvm::dyn_cast<clang::NonTypeTemplateParmDecl>(parameter)) {
      text += speller.spell(value->getType());
    } else if (const auto* generic = llvm::dyn_cast<clang::TemplateTemplateParmDecl>(parameter)) {
      text += "template <" + inner_list(*generic->getTemplateParameters(), speller) + "> class";
    } else {
      text += "class";
    }
    text += is_pack ? "..." : "";
  }
  return text;
}

template_parameter read_type(const clang::TemplateTypeParmDecl& written, std::string name,
                             type_speller& speller) {
  template_parameter result;
  result.is_pack = written.isParameterPack();
  result.bare = with_name("class", result.is_pack, name);
  result.declaration = result.bare;
  if (const clang::TypeConstraint* wanted = written.getTypeConstraint()) {
    result.declaration = with_name(
        speller.constraint(*wanted->getNamedConcept(), wanted->getTemplateArgsAsWritten()),
        result.is_pack, name);
  }
  if (written.hasDefaultArgument()) {
    result.default_text = speller.argument(written.getDefaultArgument().getArgument());
  }
  result.name = std::move(name);
  return result;
}

template_parameter read_value(const clang::NonTypeTemplateParmDecl& written, std::string name,
                              type_speller& speller) {
  template_parameter result;
  result.is_pack = written.isParameterPack();
  clang::QualType type = written.getType();
  if (const auto* expansion = type->getAs<clang::PackExpansionType>()) {
    type = expansion->getPattern();
  }
  result.declaration =
      result.is_pack ? with_name(speller.spell(type), true, name) : speller.spell(type, name);
  const bool is_constrained = written.getPlaceholderTypeConstraint() != nullptr;
  result.bare = is_constrained ? with_name("auto", result.is_pack, name) : result.declaration;
  if (written.hasDefaultArgument()) {
    result.default_text = speller.argument(written.getDefaultArgument().getArgument());
  }
  result.name = std::move(name);
  return result;
}

template_parameter read_template(const clang::TemplateTemplateParmDecl& written, std::string name,
                                 type_speller& speller) {
  template_parameter result;
  result.is_pack = written.isParameterPack();
  result.declaration =
      with_name("template <" + inner_list(*written.getTemplateParameters(), speller) + "> class",
                result.is_pack, name);
  result.bare = result.declaration;
  if (written.hasDefaultArgument()) {
    result.default_text = speller.argument(written.getDefaultArgument().getArgument());
  }
  result.name = std::move(name);
  return result;
}

}  // namespace

template_head read_template_head(const clang::TemplateParameterList& written,
                                 const template_names& names, type_speller& speller) {
  template_head result;
  for (const clang::NamedDecl* parameter : written) {
    std::string name = names.of(*parameter);
    if (const auto* type = llvm::dyn_cast<clang::TemplateTypeParmDecl>(parameter)) {
      result.parameters.push_back(read_type(*type, std::move(name), speller));
    } else if (const auto* value = llvm::dyn_cast<clang::NonTypeTemplateParmDecl>(parameter)) {
      result.parameters.push_back(read_value(*value, std::move(name), speller));
    } else {
      result.parameters.push_back(read_template(
          llvm::cast<clang::TemplateTemplateParmDecl>(*parameter), std::move(name), speller));
    }
  }
  if (const clang::Expr* wanted = written.getRequiresClause()) {
    result.requires_text = speller.expression(*wanted);
  }
  return result;
}

}  // namespace smartasync::gen
