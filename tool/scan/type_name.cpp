// SPDX-License-Identifier: MIT
// The names in type_speller's texts; type_text.cpp has the shapes around them.
#include <clang/AST/ASTContext.h>
#include <llvm/ADT/SmallString.h>

#include "scan/declaration_log.hpp"
#include "scan/type_text.hpp"

namespace smartasync::gen {
namespace {

// The author's name for what the standard library declares as a template.
const char* well_known(const clang::ClassTemplateSpecializationDecl& record) {
  const clang::TemplateArgumentList& arguments = record.getTemplateArgs();
  if (arguments.size() == 0 || arguments[0].getKind() != clang::TemplateArgument::Type ||
      !arguments[0].getAsType()->isCharType()) {
    return nullptr;
  }
  if (is_std(&record, "basic_string") && arguments.size() == 3) {
    const auto* allocator = arguments[2].getAsType()->getAsCXXRecordDecl();
    return is_std(allocator, "allocator") ? "std::string" : nullptr;
  }
  return is_std(&record, "basic_string_view") ? "std::string_view" : nullptr;
}

}  // namespace

std::string shown_name(const clang::NamedDecl& declaration) {
  const template_names names(declaration);
  type_speller speller(declaration.getASTContext(), names);
  speller.shows_templates_bare_ = true;
  return llvm::StringRef(speller.name(declaration)).ltrim(':').str();
}

bool is_in_namespace(const clang::NamedDecl* declaration, llvm::StringRef name) {
  if (declaration == nullptr) {
    return false;
  }
  const clang::DeclContext* context = declaration->getDeclContext()->getEnclosingNamespaceContext();
  while (context->isInlineNamespace()) {
    context = context->getParent()->getEnclosingNamespaceContext();
  }
  const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(context);
  return space != nullptr && space->getName() == name &&
         space->getParent()->getRedeclContext()->isTranslationUnit();
}

bool is_std(const clang::NamedDecl* declaration, llvm::StringRef name) {
  return declaration != nullptr && declaration->getIdentifier() != nullptr &&
         declaration->getName() == name && !declaration->getDeclContext()->isRecord() &&
         is_in_namespace(declaration, "std");
}

std::string type_speller::integral(const clang::TemplateArgument& argument) {
  const clang::QualType type = argument.getIntegralType();
  const llvm::APSInt& value = argument.getAsIntegral();
  if (type->isBooleanType()) {
    return value.getBoolValue() ? "true" : "false";
  }
  if (const auto* enumeration = type->getAs<clang::EnumType>()) {
    for (const clang::EnumConstantDecl* constant : enumeration->getDecl()->enumerators()) {
      if (llvm::APSInt::isSameValue(constant->getInitVal(), value)) {
        return name(*constant);
      }
    }
  }
  llvm::SmallString<32> digits;
  value.toString(digits, 10);
  const bool is_plain = type->isSpecificBuiltinType(clang::BuiltinType::Int) ||
                        type->isSpecificBuiltinType(clang::BuiltinType::ULong) ||
                        type->isSpecificBuiltinType(clang::BuiltinType::UInt) ||
                        type->isSpecificBuiltinType(clang::BuiltinType::Long);
  return is_plain ? digits.str().str() : "static_cast<" + spell(type) + ">(" + digits.c_str() + ')';
}

std::string type_speller::argument(const clang::TemplateArgument& argument) {
  switch (argument.getKind()) {
    case clang::TemplateArgument::Type:
      return spell(argument.getAsType());
    case clang::TemplateArgument::Integral:
      return integral(argument);
    case clang::TemplateArgument::NullPtr:
      return "nullptr";
    case clang::TemplateArgument::Declaration:
      return (argument.getParamTypeForDecl()->isReferenceType() ? "" : "&") +
             name(*argument.getAsDecl());
    case clang::TemplateArgument::Template:
    case clang::TemplateArgument::TemplateExpansion:
      if (const auto* named = argument.getAsTemplateOrTemplatePattern().getAsTemplateDecl()) {
        return name(*named) + (argument.isPackExpansion() ? "..." : "");
      }
      break;
    case clang::TemplateArgument::Expression:
      return expression(*argument.getAsExpr());
    case clang::TemplateArgument::Pack: {
      std::string text;
      for (const clang::TemplateArgument& element : argument.pack_elements()) {
        text += (text.empty() ? "" : ", ") + this->argument(element);
      }
      return text;
    }
    default:
      break;
  }
  report(diagnostic_id::unnameable_type,
         "a template argument in the signature cannot be spelled in the entries");
  return {};
}

std::string type_speller::specialization(const clang::ClassTemplateSpecializationDecl& record) {
  const clang::TemplateParameterList* parameters =
      record.getSpecializedTemplate()->getTemplateParameters();
  llvm::ArrayRef<clang::TemplateArgument> arguments = record.getTemplateArgs().asArray();
  std::size_t count = arguments.size();
  while (count > 0 && count <= parameters->size() &&
         clang::isSubstitutedDefaultArgument(context_, arguments[count - 1],
                                             parameters->getParam(static_cast<unsigned>(count - 1)),
                                             arguments, parameters->getDepth())) {
    --count;
  }
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string next = argument(arguments[i]);
    text += (text.empty() || next.empty() ? "" : ", ") + next;
  }
  return record.getNameAsString() + '<' + text + '>';
}

// The parameters of a class template as its own arguments: what its name means inside of it.
std::string type_speller::own_arguments(const clang::CXXRecordDecl& record) {
  std::string text;
  for (const clang::NamedDecl* parameter :
       *record.getDescribedClassTemplate()->getTemplateParameters()) {
    text += (text.empty() ? "" : ", ") +
            (names_ == nullptr ? parameter->getNameAsString() : names_->of(*parameter)) +
            (parameter->isTemplateParameterPack() ? "..." : "");
  }
  return text;
}

std::string type_speller::arguments(llvm::ArrayRef<clang::TemplateArgument> written) {
  std::string text;
  for (const clang::TemplateArgument& each : written) {
    text += (text.empty() ? "" : ", ") + argument(each);
  }
  return text;
}

std::string type_speller::arguments(llvm::ArrayRef<clang::TemplateArgumentLoc> written) {
  std::string text;
  for (const clang::TemplateArgumentLoc& each : written) {
    text += (text.empty() ? "" : ", ") + argument(each.getArgument());
  }
  return text;
}

std::string type_speller::constraint(const clang::NamedDecl& named,
                                     const clang::ASTTemplateArgumentListInfo* written) {
  const std::string text = written == nullptr ? "" : arguments(written->arguments());
  return name(named) + (text.empty() ? "" : '<' + text + '>');
}

std::string type_speller::component(const clang::NamedDecl& declaration) {
  const auto* tag = llvm::dyn_cast<clang::TagDecl>(&declaration);
  if (declaration.getAccess() == clang::AS_private ||
      declaration.getAccess() == clang::AS_protected) {
    report(diagnostic_id::non_public_type,
           "'" + declaration.getNameAsString() + "' is not public: the entries cannot name it");
  }
  if (const auto* partial =
          llvm::dyn_cast<clang::ClassTemplatePartialSpecializationDecl>(&declaration)) {
    return partial->getNameAsString() + '<' +
           arguments(partial->getTemplateArgsAsWritten()->arguments()) + '>';
  }
  if (const auto* instance = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&declaration)) {
    return specialization(*instance);
  }
  const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(&declaration);
  if (record != nullptr && !shows_templates_bare_ &&
      record->getDescribedClassTemplate() != nullptr) {
    return record->getNameAsString() + '<' + own_arguments(*record) + '>';
  }
  if (tag != nullptr && tag->getIdentifier() == nullptr) {
    if (const clang::TypedefNameDecl* named = tag->getTypedefNameForAnonDecl()) {
      return named->getNameAsString();
    }
    report(diagnostic_id::unnameable_type, "the signature has an unnamed type");
    return "(unnamed)";
  }
  return declaration.getNameAsString();
}

std::string type_speller::name(const clang::NamedDecl& declaration) {
  if (const auto* parameter = llvm::dyn_cast<clang::TemplateTemplateParmDecl>(&declaration)) {
    return names_ == nullptr ? parameter->getNameAsString() : names_->of(*parameter);
  }
  if (const auto* record = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&declaration)) {
    if (const char* text = well_known(*record)) {
      return text;
    }
  }
  declaration_log::note_name(declaration);
  std::string text = component(declaration);
  for (const clang::DeclContext* at = declaration.getDeclContext(); !at->isTranslationUnit();
       at = at->getParent()) {
    if (at->isFunctionOrMethod()) {
      report(diagnostic_id::unnameable_type,
             "'" + declaration.getNameAsString() + "' is local to a function");
      return text;
    }
    const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(at);
    if (space != nullptr && space->isAnonymousNamespace()) {
      report(diagnostic_id::unnameable_type,
             "'" + declaration.getNameAsString() + "' is in an unnamed namespace");
      continue;
    }
    const auto* named = llvm::dyn_cast<clang::NamedDecl>(at);
    // A C++11 enumerator is a member of its enumeration, a plain one of what is around that.
    const auto* enumeration = llvm::dyn_cast<clang::EnumDecl>(at);
    if (named == nullptr || (space != nullptr && space->isInline()) ||
        (enumeration != nullptr && !enumeration->isScoped())) {
      continue;
    }
    if (const auto* record = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(named)) {
      if (const char* known = well_known(*record)) {
        return known + ("::" + text);
      }
    }
    text = component(*named) + "::" + text;
  }
  const llvm::StringRef whole(text);
  return whole.starts_with("std::") || whole.starts_with("smartasync::") ? text : "::" + text;
}

}  // namespace smartasync::gen
