// SPDX-License-Identifier: MIT
#include "scan/template_names.hpp"

#include <llvm/ADT/StringSet.h>

#include <algorithm>

#include "model/identifier.hpp"

namespace smartasync::gen {
namespace {

struct list_position {
  unsigned depth;
  unsigned index;
};

list_position position_of(const clang::NamedDecl& parameter) {
  if (const auto* type = llvm::dyn_cast<clang::TemplateTypeParmDecl>(&parameter)) {
    return {type->getDepth(), type->getIndex()};
  }
  if (const auto* value = llvm::dyn_cast<clang::NonTypeTemplateParmDecl>(&parameter)) {
    return {value->getDepth(), value->getIndex()};
  }
  const auto& generic = llvm::cast<clang::TemplateTemplateParmDecl>(parameter);
  return {generic.getDepth(), generic.getIndex()};
}

// A template parameter may not be hidden by a member of the class that it is a parameter of.
bool is_member_of_entries(llvm::StringRef name) {
  static const llvm::StringSet<> members = {"site",     "kind",      "object",    "result",
                                            "returned", "arguments", "invoke",    "with",
                                            "object_",  "std",       "smartasync"};
  return members.contains(name);
}

}  // namespace

const clang::TemplateParameterList* own_parameters(const clang::Decl& declared) {
  if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&declared)) {
    const auto* generic = function->getDescribedFunctionTemplate();
    return generic == nullptr ? nullptr : generic->getTemplateParameters();
  }
  if (const auto* partial =
          llvm::dyn_cast<clang::ClassTemplatePartialSpecializationDecl>(&declared)) {
    return partial->getTemplateParameters();
  }
  if (const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(&declared)) {
    const auto* generic = record->getDescribedClassTemplate();
    return generic == nullptr ? nullptr : generic->getTemplateParameters();
  }
  return nullptr;
}

template_names::template_names(const clang::Decl& declared) {
  for (const clang::Decl* at = &declared;
       at != nullptr && !llvm::isa<clang::TranslationUnitDecl>(at);
       at = clang::Decl::castFromDeclContext(at->getDeclContext())) {
    if (const clang::TemplateParameterList* list = own_parameters(*at)) {
      lists_.insert(lists_.begin(), list);
    }
  }
  llvm::StringSet<> taken;
  for (const clang::TemplateParameterList* list : lists_) {
    for (const clang::NamedDecl* parameter : *list) {
      taken.insert(parameter->getName());
    }
  }
  if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&declared)) {
    for (const clang::ParmVarDecl* parameter : function->parameters()) {
      taken.insert(parameter->getName());
    }
  }
  for (const clang::TemplateParameterList* list : lists_) {
    std::vector<std::string>& names = names_.emplace_back();
    for (const clang::NamedDecl* parameter : *list) {
      std::string name = parameter->getName().str();
      // `auto:1` is Clang's own name for the template parameter behind a parameter of type auto.
      const bool is_made_up = !is_identifier(name);
      if (is_made_up) {
        name = "T" + std::to_string(names.size() + 1);
      }
      while (is_member_of_entries(name) || (is_made_up && taken.contains(name))) {
        name += '_';
      }
      taken.insert(name);
      names.push_back(std::move(name));
    }
  }
}

template_names::template_names(const clang::Decl& declared,
                               const std::vector<std::string>& outermost)
    : template_names(declared) {
  if (!names_.empty() && !outermost.empty()) {
    names_.front() = outermost;
  }
}

std::string template_names::of(unsigned depth, unsigned index) const {
  const bool is_known = depth < names_.size() && index < names_[depth].size();
  return is_known ? names_[depth][index] : std::string();
}

std::string template_names::of(const clang::NamedDecl& parameter) const {
  const list_position found = position_of(parameter);
  return of(found.depth, found.index);
}

}  // namespace smartasync::gen
