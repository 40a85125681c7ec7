// SPDX-License-Identifier: MIT
#include "scan/dependent_bases.hpp"

#include <clang/AST/DeclTemplate.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "scan/template_names.hpp"
#include "scan/type_text.hpp"

namespace smartasync::gen {
namespace {

// A text that takes qualifiers and declarators as a name does.
std::string as_name(std::string text) {
  const unsigned char last = static_cast<unsigned char>(text.empty() ? '>' : text.back());
  const bool is_whole = last == '>' || last == '_' || last >= 0x80 || std::isalnum(last);
  return is_whole ? text : "std::type_identity_t<" + std::move(text) + '>';
}

// The arguments of a base as they are spelled in the class; empty where they cannot be.
std::vector<std::string> arguments_of(const clang::TemplateSpecializationType& id,
                                      const clang::ClassTemplateDecl& generic,
                                      const template_names& names) {
  clang::ASTContext& context = generic.getASTContext();
  std::vector<std::string> result;
  for (const clang::NamedDecl* parameter : *generic.getTemplateParameters()) {
    const auto* type = llvm::dyn_cast<clang::TemplateTypeParmDecl>(parameter);
    std::string text;
    if (result.size() < id.template_arguments().size()) {
      type_speller speller(context, names);
      text = speller.argument(id.template_arguments()[static_cast<unsigned>(result.size())]);
      text = speller.problem() ? "" : text;
    } else if (type != nullptr && type->hasDefaultArgument()) {
      const template_names known(*generic.getTemplatedDecl(), result);
      type_speller speller(context, known);
      text = speller.argument(type->getDefaultArgument().getArgument());
      text = speller.problem() ? "" : text;
    }
    if (text.empty() || parameter->isTemplateParameterPack()) {
      return {};
    }
    result.push_back(type != nullptr ? as_name(std::move(text)) : std::move(text));
  }
  return result;
}

class search {
 public:
  explicit search(scan_context& context) : context_(context) {}

  void add_bases(const clang::CXXRecordDecl& of, const template_names& names) {
    path_.push_back(&of);
    for (const clang::CXXBaseSpecifier& specifier : of.bases()) {
      const auto* id = specifier.getType()->getAs<clang::TemplateSpecializationType>();
      while (id != nullptr && id->isTypeAlias()) {
        id = id->getAliasedType()->getAs<clang::TemplateSpecializationType>();
      }
      if (specifier.getAccessSpecifier() == clang::AS_public && id != nullptr &&
          specifier.getType()->isDependentType()) {
        add_base(specifier, *id, names);
      }
    }
    path_.pop_back();
  }

  std::vector<inherited_method> take() { return std::move(found_); }

 private:
  void add_base(const clang::CXXBaseSpecifier& specifier,
                const clang::TemplateSpecializationType& id, const template_names& names) {
    const auto* generic =
        llvm::dyn_cast_or_null<clang::ClassTemplateDecl>(id.getTemplateName().getAsTemplateDecl());
    const clang::CXXRecordDecl* pattern =
        generic == nullptr ? nullptr : generic->getTemplatedDecl()->getDefinition();
    if (pattern == nullptr) {
      return;
    }
    const std::vector<const clang::CXXMethodDecl*> methods = chosen_methods(*pattern);
    const std::vector<std::string> arguments = arguments_of(id, *generic, names);
    if (const char* const obstacle = obstacle_in(*generic, arguments)) {
      if (!methods.empty()) {
        report(specifier, *generic, obstacle);
      }
      return;
    }
    for (const clang::CXXMethodDecl* method : methods) {
      found_.push_back({method, arguments});
    }
    add_bases(*pattern, template_names(*pattern, arguments));
  }

  // Why it is not known what an instance holds, or null.
  static const char* obstacle_in(const clang::ClassTemplateDecl& generic,
                                 const std::vector<std::string>& arguments) {
    if (is_specialised(generic)) {
      return "is specialised";
    }
    if (generic.getDeclContext()->isRecord()) {
      return "is a member of a class";
    }
    return arguments.empty() ? "has arguments that cannot be spelled one by one" : nullptr;
  }

  // What an entry of the class would call, and no nearer class hides.
  std::vector<const clang::CXXMethodDecl*> chosen_methods(const clang::CXXRecordDecl& pattern) {
    std::vector<const clang::CXXMethodDecl*> result;
    for (clang::Decl* member : pattern.decls()) {
      if (auto* method_template = llvm::dyn_cast<clang::FunctionTemplateDecl>(member)) {
        member = method_template->getTemplatedDecl();
      }
      const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(member);
      if (method != nullptr && !method->isImplicit() && context_.is_chosen(*method) &&
          !is_hidden(*method)) {
        result.push_back(method);
      }
    }
    return result;
  }

  void report(const clang::CXXBaseSpecifier& specifier, const clang::ClassTemplateDecl& base,
              const char* obstacle) {
    context_.report(diagnostic_id::base_not_read, context_.places.at(specifier.getBeginLoc()),
                    "'" + path_.front()->getQualifiedNameAsString() +
                        "' has no entries for what it inherits from '" +
                        base.getQualifiedNameAsString() + "', which " + obstacle,
                    "an object of the base has them: smartasync::ref, or the base's own facade");
  }

  static bool is_specialised(const clang::ClassTemplateDecl& generic) {
    llvm::SmallVector<clang::ClassTemplatePartialSpecializationDecl*, 4> partial;
    const_cast<clang::ClassTemplateDecl&>(generic).getPartialSpecializations(partial);
    return !partial.empty() ||
           std::any_of(generic.spec_begin(), generic.spec_end(),
                       [](const auto* one) { return one->isExplicitSpecialization(); });
  }

  bool is_hidden(const clang::CXXMethodDecl& method) const {
    return std::any_of(path_.begin(), path_.end(), [&](const clang::CXXRecordDecl* nearer) {
      const auto found = nearer->lookup(method.getDeclName());
      return std::any_of(found.begin(), found.end(), [](const clang::NamedDecl* one) {
        return !llvm::isa<clang::UsingDecl, clang::UsingShadowDecl,
                          clang::UnresolvedUsingValueDecl>(one);
      });
    });
  }

  scan_context& context_;
  std::vector<const clang::CXXRecordDecl*> path_;
  std::vector<inherited_method> found_;
};

}  // namespace

std::vector<inherited_method> inherited_from_dependent(scan_context& context,
                                                       const clang::CXXRecordDecl& declared) {
  search bases(context);
  bases.add_bases(declared, template_names(declared));
  return bases.take();
}

}  // namespace smartasync::gen
