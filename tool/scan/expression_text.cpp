// SPDX-License-Identifier: MIT
// The expressions in type_speller's texts: constraints, operands of decltype, template arguments.
// What the tree does not hold as it was written (parentheses it does) cannot get lost here.
#include <clang/AST/ASTContext.h>
#include <clang/AST/ExprConcepts.h>
#include <clang/AST/PrettyPrinter.h>
#include <llvm/Support/raw_ostream.h>

#include "scan/type_text.hpp"

namespace smartasync::gen {
namespace {

std::string literal(const clang::Expr& written, const clang::ASTContext& context) {
  std::string text;
  llvm::raw_string_ostream out(text);
  written.printPretty(out, nullptr, clang::PrintingPolicy(context.getLangOpts()));
  return text;
}

template <class Written>
std::vector<const clang::Expr*> all_of(const Written& range) {
  return {range.begin(), range.end()};
}

}  // namespace

std::string type_speller::operands(llvm::ArrayRef<const clang::Expr*> all) {
  std::string text;
  for (const clang::Expr* each : all) {
    text += (text.empty() ? "" : ", ") + expression(*each);
  }
  return text;
}

std::string type_speller::reference(const clang::DeclRefExpr& written) {
  const clang::ValueDecl& named = *written.getDecl();
  if (llvm::isa<clang::NonTypeTemplateParmDecl>(named)) {
    return names_ == nullptr ? named.getNameAsString() : names_->of(named);
  }
  if (llvm::isa<clang::ParmVarDecl>(named)) {
    // A parameter of a requires-expression is there; one of the function is not yet.
    return named.getDeclContext()->isRequiresExprBody()
               ? named.getNameAsString()
               : "std::declval<" +
                     spell(context_.getLValueReferenceType(named.getType().getNonReferenceType())) +
                     ">()";
  }
  std::string text = name(named);
  if (written.hasExplicitTemplateArgs()) {
    text += '<' + arguments(written.template_arguments()) + '>';
  }
  return text;
}

std::string type_speller::lookup(const clang::UnresolvedLookupExpr& written) {
  // Where the arguments' namespaces have a say, no qualified name means the same.
  if (written.requiresADL() || written.decls_begin() == written.decls_end()) {
    report(diagnostic_id::unnameable_type, "'" + written.getName().getAsString() +
                                               "' in the signature is looked up by its arguments");
    return {};
  }
  std::string text = name(**written.decls_begin());
  if (written.hasExplicitTemplateArgs()) {
    text += '<' + arguments(written.template_arguments()) + '>';
  }
  return text;
}

std::string type_speller::operation(const clang::CXXOperatorCallExpr& written) {
  const std::string sign = clang::getOperatorSpelling(written.getOperator());
  if (written.getOperator() == clang::OO_Call) {
    return expression(*written.getArg(0)) + '(' +
           operands(all_of(llvm::drop_begin(written.arguments()))) + ')';
  }
  if (written.getOperator() == clang::OO_Subscript) {
    return expression(*written.getArg(0)) + '[' + expression(*written.getArg(1)) + ']';
  }
  if (written.getNumArgs() == 1) {
    return sign + expression(*written.getArg(0));
  }
  return expression(*written.getArg(0)) + ' ' + sign + ' ' + expression(*written.getArg(1));
}

std::string type_speller::requirements(const clang::RequiresExpr& written) {
  std::string text = "requires";
  for (const clang::ParmVarDecl* parameter : written.getLocalParameters()) {
    text += (text == "requires" ? "(" : ", ") +
            spell(parameter->getType(), parameter->getNameAsString());
  }
  text += written.getLocalParameters().empty() ? " {" : ") {";
  for (const clang::concepts::Requirement* each : written.getRequirements()) {
    if (const auto* type = llvm::dyn_cast<clang::concepts::TypeRequirement>(each)) {
      std::string named = spell(type->getType()->getType());
      text += (llvm::StringRef(named).starts_with("typename ") ? " " : " typename ") + named + ';';
    } else if (const auto* nested = llvm::dyn_cast<clang::concepts::NestedRequirement>(each)) {
      text += " requires " + expression(*nested->getConstraintExpr()) + ';';
    } else {
      const auto& simple = llvm::cast<clang::concepts::ExprRequirement>(*each);
      const auto& returned = simple.getReturnTypeRequirement();
      const std::string operand = expression(*simple.getExpr());
      if (simple.isSimple()) {
        text += ' ' + operand + ';';
        continue;
      }
      text += " { " + operand + (simple.hasNoexceptRequirement() ? " } noexcept" : " }");
      if (returned.isTypeConstraint()) {
        const clang::TypeConstraint& wanted = *returned.getTypeConstraint();
        text += " -> " + constraint(*wanted.getNamedConcept(), wanted.getTemplateArgsAsWritten());
      }
      text += ';';
    }
  }
  return text + " }";
}

std::string type_speller::expression(const clang::Expr& whole) {
  const clang::Expr& written = *whole.IgnoreImplicit();
  if (const auto* one = llvm::dyn_cast<clang::ParenExpr>(&written)) {
    return '(' + expression(*one->getSubExpr()) + ')';
  }
  if (llvm::isa<clang::IntegerLiteral, clang::CharacterLiteral, clang::CXXBoolLiteralExpr,
                clang::CXXNullPtrLiteralExpr, clang::StringLiteral, clang::FloatingLiteral>(
          written)) {
    return literal(written, context_);
  }
  if (const auto* one = llvm::dyn_cast<clang::DeclRefExpr>(&written)) {
    return reference(*one);
  }
  if (const auto* one = llvm::dyn_cast<clang::UnresolvedLookupExpr>(&written)) {
    return lookup(*one);
  }
  if (const auto* one = llvm::dyn_cast<clang::ConceptSpecializationExpr>(&written)) {
    return constraint(*one->getNamedConcept(), one->getTemplateArgsAsWritten());
  }
  if (const auto* one = llvm::dyn_cast<clang::DependentScopeDeclRefExpr>(&written)) {
    const std::string text = qualifier(one->getQualifierLoc().getNestedNameSpecifier()) +
                             (one->hasTemplateKeyword() ? "template " : "") +
                             one->getDeclName().getAsString();
    return one->hasExplicitTemplateArgs() ? text + '<' + arguments(one->template_arguments()) + '>'
                                          : text;
  }
  if (const auto* one = llvm::dyn_cast<clang::CXXDependentScopeMemberExpr>(&written)) {
    if (!one->isImplicitAccess() && one->getQualifierLoc().getBeginLoc().isInvalid()) {
      const std::string text = expression(*one->getBase()) + (one->isArrow() ? "->" : ".") +
                               (one->hasTemplateKeyword() ? "template " : "") +
                               one->getMember().getAsString();
      return one->hasExplicitTemplateArgs()
                 ? text + '<' + arguments(one->template_arguments()) + '>'
                 : text;
    }
  }
  if (const auto* one = llvm::dyn_cast<clang::MemberExpr>(&written)) {
    if (!one->isImplicitAccess()) {
      return expression(*one->getBase()) + (one->isArrow() ? "->" : ".") +
             one->getMemberNameInfo().getAsString();
    }
  }
  if (const auto* one = llvm::dyn_cast<clang::CXXOperatorCallExpr>(&written)) {
    return operation(*one);
  }
  if (const auto* one = llvm::dyn_cast<clang::CallExpr>(&written)) {
    return expression(*one->getCallee()) + '(' + operands(all_of(one->arguments())) + ')';
  }
  if (const auto* one = llvm::dyn_cast<clang::BinaryOperator>(&written)) {
    return expression(*one->getLHS()) + ' ' + one->getOpcodeStr().str() + ' ' +
           expression(*one->getRHS());
  }
  if (const auto* one = llvm::dyn_cast<clang::UnaryOperator>(&written)) {
    const std::string sign = clang::UnaryOperator::getOpcodeStr(one->getOpcode()).str();
    const std::string operand = expression(*one->getSubExpr());
    return one->isPostfix() ? operand + sign : sign + operand;
  }
  if (const auto* one = llvm::dyn_cast<clang::ConditionalOperator>(&written)) {
    return expression(*one->getCond()) + " ? " + expression(*one->getTrueExpr()) + " : " +
           expression(*one->getFalseExpr());
  }
  if (const auto* one = llvm::dyn_cast<clang::UnaryExprOrTypeTraitExpr>(&written)) {
    const bool is_size = one->getKind() == clang::UETT_SizeOf;
    if (is_size || one->getKind() == clang::UETT_AlignOf) {
      return std::string(is_size ? "sizeof(" : "alignof(") +
             (one->isArgumentType() ? spell(one->getArgumentType())
                                    : expression(*one->getArgumentExpr()->IgnoreParens())) +
             ')';
    }
  }
  if (const auto* one = llvm::dyn_cast<clang::SizeOfPackExpr>(&written)) {
    return "sizeof...(" +
           (names_ == nullptr ? one->getPack()->getNameAsString() : names_->of(*one->getPack())) +
           ')';
  }
  if (const auto* one = llvm::dyn_cast<clang::CXXNoexceptExpr>(&written)) {
    return "noexcept(" + expression(*one->getOperand()) + ')';
  }
  if (const auto* one = llvm::dyn_cast<clang::PackExpansionExpr>(&written)) {
    return expression(*one->getPattern()) + "...";
  }
  if (const auto* one = llvm::dyn_cast<clang::CXXFoldExpr>(&written)) {
    const std::string sign =
        ' ' + clang::BinaryOperator::getOpcodeStr(one->getOperator()).str() + ' ';
    const std::string left = one->getLHS() == nullptr ? "" : expression(*one->getLHS()) + sign;
    const std::string right = one->getRHS() == nullptr ? "" : sign + expression(*one->getRHS());
    return '(' + left + "..." + right + ')';
  }
  if (const auto* one = llvm::dyn_cast<clang::RequiresExpr>(&written)) {
    return requirements(*one);
  }
  if (const auto* one = llvm::dyn_cast<clang::CXXUnresolvedConstructExpr>(&written)) {
    const bool is_list = one->isListInitialization();
    const std::string inner = operands(all_of(one->arguments()));
    return spell(one->getTypeAsWritten()) + (is_list ? inner : '(' + inner + ')');
  }
  if (const auto* one = llvm::dyn_cast<clang::CXXScalarValueInitExpr>(&written)) {
    return spell(one->getType()) + "()";
  }
  if (const auto* one = llvm::dyn_cast<clang::CXXStaticCastExpr>(&written)) {
    return "static_cast<" + spell(one->getTypeAsWritten()) + ">(" + expression(*one->getSubExpr()) +
           ')';
  }
  if (const auto* one = llvm::dyn_cast<clang::CXXFunctionalCastExpr>(&written)) {
    const std::string inner = expression(*one->getSubExpr());
    return spell(one->getTypeAsWritten()) +
           (one->isListInitialization() ? inner : '(' + inner + ')');
  }
  if (const auto* one = llvm::dyn_cast<clang::InitListExpr>(&written)) {
    return '{' + operands(all_of(one->inits())) + '}';
  }
  report(diagnostic_id::unnameable_type, "an expression in the signature cannot be written anew");
  return {};
}

}  // namespace smartasync::gen
