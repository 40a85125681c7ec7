// SPDX-License-Identifier: MIT
#include "scan/type_text.hpp"

#include <clang/AST/PrettyPrinter.h>

#include <cctype>

#include "scan/clang_compat.hpp"

namespace smartasync::gen {
namespace {

// `std::string` + `path`, `int` + `(&values)[4]`, but `char` + `*`, `int` + `[4]`.
std::string glued(std::string left, const std::string& right) {
  if (right.empty()) {
    return left;
  }
  const unsigned char first = static_cast<unsigned char>(right.front());
  const bool needs_space =
      first == '(' || first == ':' || first == '_' || first >= 0x80 || std::isalnum(first);
  return left + (needs_space ? " " : "") + right;
}

std::string cv_text(clang::Qualifiers qualifiers) {
  std::string text;
  text += qualifiers.hasConst() ? " const" : "";
  text += qualifiers.hasVolatile() ? " volatile" : "";
  return text;
}

// A member of a class that depends on template parameters is a type only where one says so.
std::string typename_for(const clang::NamedDecl& named) {
  const clang::DeclContext* scope = named.getDeclContext();
  // The template template parameters of a class are declared in it, and are no members.
  return !named.isTemplateParameter() && scope->isRecord() && scope->isDependentContext()
             ? "typename "
             : "";
}

}  // namespace

void type_speller::report(diagnostic_id id, std::string message) {
  if (!problem_) {
    problem_ = type_problem{id, std::move(message)};
  }
}

std::string type_speller::leaf(const std::string& name, clang::Qualifiers qualifiers,
                               const std::string& declarator) const {
  std::string text = qualifiers.hasConst() ? "const " : "";
  text += qualifiers.hasVolatile() ? "volatile " : "";
  return glued(text + name, declarator);
}

std::string type_speller::pointer(clang::QualType pointee, const std::string& sign,
                                  const std::string& declarator) {
  const clang::Type* bare = pointee.getTypePtr()->getUnqualifiedDesugaredType();
  // An alias of an array or function type is a name like any other and needs no parentheses.
  // Up to LLVM 21 an elaborated type stands around it.
  const auto* named = pointee->getAs<clang::TypedefType>();
  const bool is_alias = named != nullptr && alias(*named);
  // `::A ::B::*` would be read as `::A::B::*`.
  const bool is_member = sign.front() == ':';
  const bool nests = is_member || (!is_alias && (bare->isArrayType() || bare->isFunctionType()));
  // `int (&values)[4]`, but `int& value` and `char* const name`.
  const bool is_tight = nests && !declarator.empty() && !std::isalnum(sign.back());
  const std::string inner = is_tight ? sign + declarator : glued(sign, declarator);
  return spell(pointee, nests ? '(' + inner + ')' : inner);
}

std::string type_speller::array(clang::QualType type, const std::string& declarator) {
  const clang::ArrayType* array = context_.getAsArrayType(type);
  std::string bounds = "[]";
  if (const auto* constant = llvm::dyn_cast<clang::ConstantArrayType>(array)) {
    bounds = '[' + std::to_string(constant->getSize().getZExtValue()) + ']';
  } else if (const auto* sized = llvm::dyn_cast<clang::DependentSizedArrayType>(array)) {
    bounds = '[' + expression(*sized->getSizeExpr()) + ']';
  }
  return spell(array->getElementType(), declarator + bounds);
}

std::string type_speller::function(const clang::FunctionProtoType& type,
                                   const std::string& declarator) {
  std::string text = "(";
  for (unsigned i = 0; i < type.getNumParams(); ++i) {
    text += (i == 0 ? "" : ", ") + spell(type.getParamType(i));
  }
  text += type.isVariadic() ? (type.getNumParams() == 0 ? "..." : ", ...") : "";
  text += ')' + cv_text(type.getMethodQuals());
  text += type.getRefQualifier() == clang::RQ_LValue   ? " &"
          : type.getRefQualifier() == clang::RQ_RValue ? " &&"
                                                       : "";
  text += type.isNothrow() ? " noexcept" : "";
  if (!declarator.empty()) {
    return spell(type.getReturnType(), declarator + text);
  }
  // Without a declarator there is no space: std::function<void(int)>.
  std::string whole = spell(type.getReturnType(), "_" + text);
  const std::size_t mark = whole.find("_(");
  const std::size_t begin = mark > 0 && whole[mark - 1] == ' ' ? mark - 1 : mark;
  return whole.replace(begin, mark + 1 - begin, "");
}

std::optional<std::string> type_speller::alias(const clang::Type& type) {
  const auto* named = llvm::dyn_cast<clang::TypedefType>(&type);
  if (named == nullptr) {
    return std::nullopt;
  }
  for (const clang::Decl* at = named->getDecl(); at != nullptr;
       at = clang::Decl::castFromDeclContext(at->getDeclContext())) {
    if (llvm::isa<clang::TranslationUnitDecl>(at)) {
      break;
    }
    const bool is_hidden = at->getAccess() == clang::AS_private ||
                           at->getAccess() == clang::AS_protected ||
                           at->getDeclContext()->isFunctionOrMethod();
    if (is_hidden) {
      return std::nullopt;
    }
  }
  return typename_for(*named->getDecl()) + name(*named->getDecl());
}

std::optional<std::string> type_speller::template_id(
    const clang::TemplateSpecializationType& type) {
  const clang::TemplateDecl* named = type.getTemplateName().getAsTemplateDecl();
  const bool is_alias = llvm::isa_and_nonnull<clang::TypeAliasTemplateDecl>(named);
  if (!is_alias &&
      !llvm::isa_and_nonnull<clang::ClassTemplateDecl, clang::TemplateTemplateParmDecl>(named)) {
    return std::nullopt;
  }
  if (named->getAccess() == clang::AS_private || named->getAccess() == clang::AS_protected) {
    return std::nullopt;
  }
  if (type.isDependentType()) {
    std::string whole = name(*named);
    const std::string typename_text = typename_for(*named);
    if (!typename_text.empty()) {
      whole.insert(whole.rfind("::") + 2, "template ");
    }
    return typename_text + whole + '<' + arguments(type.template_arguments()) + '>';
  }
  const clang::QualType whole(&type, 0);
  const auto* record = is_alias ? nullptr
                                : llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(
                                      whole->getAsCXXRecordDecl());
  std::string text = name(*named) + '<';
  bool is_first = true;
  for (unsigned i = 0; i < type.template_arguments().size(); ++i) {
    clang::TemplateArgument written = type.template_arguments()[i];
    if (written.getKind() == clang::TemplateArgument::Expression) {
      // The text of the expression need not mean the same elsewhere; its value does.
      if (record == nullptr || i >= record->getTemplateArgs().size() ||
          record->getTemplateArgs()[i].getKind() == clang::TemplateArgument::Pack) {
        return std::nullopt;
      }
      written = record->getTemplateArgs()[i];
    }
    text += (is_first ? "" : ", ") + argument(written);
    is_first = false;
  }
  return text + '>';
}

// A class that stands before `::`, where everybody knows that it is one.
std::string type_speller::class_name(const clang::Type& type) {
  const std::string text = spell(clang::QualType(&type, 0));
  llvm::StringRef bare(text);
  bare.consume_front("typename ");
  return bare.str();
}

std::string type_speller::qualifier(compat::qualifier written) {
  const compat::qualifier_parts parts = compat::parts_of(written);
  if (parts.type != nullptr) {
    return class_name(*parts.type) + "::";
  }
  if (parts.name != nullptr) {
    return qualifier(parts.prefix) + parts.name->getName().str() + "::";
  }
  return parts.space == nullptr ? "::" : name(*parts.space) + "::";
}

// What only templates have: parameters, and names that depend on them.
std::optional<std::string> type_speller::dependent(const clang::Type& type) {
  if (const auto* parameter = llvm::dyn_cast<clang::TemplateTypeParmType>(&type)) {
    std::string text =
        names_ == nullptr ? "" : names_->of(parameter->getDepth(), parameter->getIndex());
    if (text.empty()) {
      report(diagnostic_id::unnameable_type, "the signature has a template parameter of elsewhere");
    }
    return text;
  }
  if (const auto* named = llvm::dyn_cast<clang::DependentNameType>(&type)) {
    return "typename " + qualifier(named->getQualifier()) + named->getIdentifier()->getName().str();
  }
  if (const auto id = compat::as_dependent_id(&type)) {
    return "typename " + qualifier(id->scope) + "template " + id->name->getName().str() + '<' +
           arguments(id->arguments) + '>';
  }
  if (const auto* of = llvm::dyn_cast<clang::DecltypeType>(&type)) {
    if (of->isDependentType()) {
      return "decltype(" + expression(*of->getUnderlyingExpr()) + ')';
    }
  }
  if (const auto* placeholder = llvm::dyn_cast<clang::AutoType>(&type)) {
    if (placeholder->getDeducedType().isNull()) {
      std::string text = placeholder->isDecltypeAuto() ? "decltype(auto)" : "auto";
      if (!placeholder->isConstrained()) {
        return text;
      }
      const std::string written = arguments(placeholder->getTypeConstraintArguments());
      return name(*placeholder->getTypeConstraintConcept()) +
             (written.empty() ? " " : '<' + written + "> ") + text;
    }
  }
  return std::nullopt;
}

// A step of sugar: keeps the author's name for a type where it can be used elsewhere.
std::string type_speller::sugar(clang::QualType type, const std::string& declarator) {
  const clang::Qualifiers qualifiers = type.getLocalQualifiers();
  const clang::Type* bare = type.getTypePtr();
  if (const std::optional<std::string> text = alias(*bare)) {
    return leaf(*text, qualifiers, declarator);
  }
  if (const auto* brought = llvm::dyn_cast<clang::UsingType>(bare)) {
    // <cstdint> brings ::uint64_t into std.
    const clang::UsingShadowDecl* shadow = compat::using_shadow(brought);
    if (is_in_namespace(shadow, "std")) {
      return leaf("std::" + shadow->getNameAsString(), qualifiers, declarator);
    }
  }
  if (const auto* id = llvm::dyn_cast<clang::TemplateSpecializationType>(bare)) {
    if (const std::optional<std::string> text = template_id(*id)) {
      return leaf(*text, qualifiers, declarator);
    }
  }
  const clang::QualType next = bare->getLocallyUnqualifiedSingleStepDesugaredType();
  if (next.getTypePtr() == bare) {
    report(diagnostic_id::unnameable_type,
           "the type '" + type.getAsString() + "' cannot be spelled in the entries");
    return leaf(type.getAsString(), {}, declarator);
  }
  return spell(context_.getQualifiedType(next, qualifiers), declarator);
}

std::string type_speller::returned(clang::QualType type) {
  // The const of `const int f()` says nothing, and compilers warn of it.
  const bool has_values = type->isRecordType() || type->isDependentType();
  const clang::QualType whole = has_values ? type : type.getUnqualifiedType();
  const std::string text = spell(whole);
  const bool is_prefix = llvm::StringRef(spell(whole, "f")).ends_with("f");
  return is_prefix ? text : "std::type_identity_t<" + text + '>';
}

std::string type_speller::spell(clang::QualType type, std::string declarator) {
  const clang::Qualifiers qualifiers = type.getLocalQualifiers();
  const clang::Type* bare = type.getTypePtr();
  if (const auto* to = llvm::dyn_cast<clang::PointerType>(bare)) {
    return pointer(to->getPointeeType(), '*' + cv_text(qualifiers), declarator);
  }
  if (const auto* to = llvm::dyn_cast<clang::ReferenceType>(bare)) {
    return pointer(to->getPointeeType(), to->isLValueReferenceType() ? "&" : "&&", declarator);
  }
  if (const auto* to = llvm::dyn_cast<clang::MemberPointerType>(bare)) {
    const std::string sign = class_name(*compat::member_class(*to)) + "::*" + cv_text(qualifiers);
    return pointer(to->getPointeeType(), sign, declarator);
  }
  if (llvm::isa<clang::ConstantArrayType, clang::IncompleteArrayType>(bare)) {
    return array(type, declarator);
  }
  if (const auto* expansion = llvm::dyn_cast<clang::PackExpansionType>(bare)) {
    return spell(expansion->getPattern(), "...") + (declarator.empty() ? "" : ' ' + declarator);
  }
  if (llvm::isa<clang::DependentSizedArrayType>(bare)) {
    return array(type, declarator);
  }
  if (const std::optional<std::string> text = dependent(*bare)) {
    return leaf(*text, qualifiers, declarator);
  }
  if (const auto* prototype = llvm::dyn_cast<clang::FunctionProtoType>(bare)) {
    return function(*prototype, declarator);
  }
  if (const auto* builtin = llvm::dyn_cast<clang::BuiltinType>(bare)) {
    const clang::PrintingPolicy policy(context_.getLangOpts());
    const std::string text =
        builtin->isNullPtrType() ? "std::nullptr_t" : builtin->getName(policy).str();
    return leaf(text, qualifiers, declarator);
  }
  if (llvm::isa<clang::TagType, clang::InjectedClassNameType>(bare)) {
    const clang::TagDecl& tag = *type->getAsTagDecl();
    return leaf(typename_for(tag) + name(tag), qualifiers, declarator);
  }
  return sugar(type, declarator);
}

}  // namespace smartasync::gen
