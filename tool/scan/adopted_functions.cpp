// SPDX-License-Identifier: MIT
#include "scan/adopted_functions.hpp"

#include <clang/AST/DeclCXX.h>

#include <algorithm>

#include "scan/type_text.hpp"

namespace smartasync::gen {
namespace {

// What a sweep passes over without a word.
bool is_no_candidate(const clang::FunctionDecl& declared) {
  return llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl, clang::CXXConversionDecl,
                   clang::CXXDeductionGuideDecl>(declared) ||
         declared.isOverloadedOperator() || declared.isDeleted() || declared.isImplicit() ||
         declared.getAccess() == clang::AS_private || declared.getAccess() == clang::AS_protected;
}

// The qualified name with inline namespaces, as some write it.
std::string full_name(const clang::NamedDecl& declared) {
  clang::PrintingPolicy policy(declared.getLangOpts());
  policy.SuppressInlineNamespace = 0;
  std::string text;
  llvm::raw_string_ostream out(text);
  declared.printQualifiedName(out, policy);
  return text;
}

bool is_in_inline_namespace(const clang::Decl& declared) {
  const clang::DeclContext* at = declared.getDeclContext();
  while (!at->isTranslationUnit() && !at->isInlineNamespace()) {
    at = at->getParent();
  }
  return at->isInlineNamespace();
}

}  // namespace

std::vector<adopted_name> adopted_functions::selected(const clang::FunctionDecl& declared) const {
  const bool is_instance =
      declared.isTemplateInstantiation() || declared.getPrimaryTemplate() != nullptr;
  if (rules_.rules.empty() || declared.getDeclContext()->isFunctionOrMethod() || is_instance) {
    return {};
  }
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&declared);
  const std::string scope = method == nullptr ? "" : shown_name(*method->getParent());
  std::vector<adopted_name> names = rules_.select(shown_name(declared), scope);
  if (names.empty() && is_in_inline_namespace(declared)) {
    names = rules_.select(full_name(declared),
                          method == nullptr ? "" : full_name(*method->getParent()));
  }
  if (is_no_candidate(declared)) {
    std::erase_if(names, [](const adopted_name& one) { return one.is_swept; });
  }
  return names;
}

void adopted_functions::found(const std::vector<adopted_name>& names) {
  for (const adopted_name& one : names) {
    used_.emplace(one.rule, one.name);
  }
}

void adopted_functions::served(const std::vector<adopted_name>& names) {
  for (const adopted_name& one : names) {
    served_.emplace(one.rule, one.name);
  }
}

void adopted_functions::failed(const std::vector<adopted_name>& names, skipped_function what,
                               std::vector<diagnostic> findings) {
  const auto exact = std::find_if(names.begin(), names.end(),
                                  [](const adopted_name& one) { return !one.is_swept; });
  if (exact == names.end()) {
    swept_.push_back(std::move(what));
  } else {
    failed_.push_back({{exact->rule, exact->name}, {std::move(what), std::move(findings)}});
  }
}

std::vector<diagnostic> adopted_functions::settle(std::vector<skipped_function>& skipped) {
  std::vector<diagnostic> findings;
  for (auto& [name, one] : failed_) {
    if (served_.contains(name)) {
      swept_.push_back(std::move(one.what));
    } else {
      findings.insert(findings.end(), one.findings.begin(), one.findings.end());
    }
  }
  skipped.insert(skipped.end(), swept_.begin(), swept_.end());
  failed_.clear();
  swept_.clear();
  return findings;
}

}  // namespace smartasync::gen
