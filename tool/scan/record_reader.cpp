// SPDX-License-Identifier: MIT
#include "scan/record_reader.hpp"

#include <clang/Sema/Lookup.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "scan/dependent_bases.hpp"
#include "scan/documentation.hpp"
#include "scan/function_reader.hpp"
#include "scan/mark.hpp"
#include "scan/refusal.hpp"
#include "scan/sema_trial.hpp"
#include "scan/template_reader.hpp"
#include "scan/type_text.hpp"

namespace smartasync::gen {
namespace {

using methods = std::vector<clang::CXXMethodDecl*>;

methods annotated_methods(const scan_context& context, const clang::CXXRecordDecl& declared) {
  methods result;
  for (clang::Decl* member : declared.decls()) {
    if (auto* generic = llvm::dyn_cast<clang::FunctionTemplateDecl>(member)) {
      member = generic->getTemplatedDecl();
    }
    auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(member);
    if (method != nullptr && !method->isImplicit() && context.is_chosen(*method)) {
      result.push_back(method);
    }
  }
  return result;
}

// What the name means in the class: its own functions, else those of its bases.
std::vector<clang::FunctionDecl*> overloads(clang::Sema& sema, clang::CXXRecordDecl& declared,
                                            clang::DeclarationName name) {
  clang::LookupResult found(sema, name, declared.getLocation(), clang::Sema::LookupMemberName);
  found.suppressDiagnostics();
  sema.LookupQualifiedName(found, &declared);
  std::vector<clang::FunctionDecl*> result;
  for (clang::NamedDecl* one : found) {
    if (clang::FunctionDecl* function = one->getUnderlyingDecl()->getAsFunction()) {
      result.push_back(function);
    }
  }
  return result;
}

bool contains(const std::vector<clang::FunctionDecl*>& all, const clang::FunctionDecl* one) {
  return std::any_of(all.begin(), all.end(), [&](const clang::FunctionDecl* each) {
    return each->getCanonicalDecl() == one->getCanonicalDecl();
  });
}

// Annotated methods of public bases, nearest first, each once.
void add_inherited(const scan_context& context, clang::CXXRecordDecl& declared,
                   const clang::CXXRecordDecl& from, methods& result) {
  for (const clang::CXXBaseSpecifier& specifier : from.bases()) {
    const clang::CXXRecordDecl* parent = specifier.getType()->getAsCXXRecordDecl();
    if (specifier.getAccessSpecifier() != clang::AS_public || parent == nullptr ||
        !parent->hasDefinition()) {
      continue;
    }
    parent = parent->getDefinition();
    for (clang::CXXMethodDecl* method : annotated_methods(context, *parent)) {
      if (std::find(result.begin(), result.end(), method) == result.end() &&
          contains(overloads(context.sema, declared, method->getDeclName()), method)) {
        result.push_back(method);
      }
    }
    add_inherited(context, declared, *parent, result);
  }
}

std::vector<std::string> overloads_to_keep(const scan_context& context,
                                           clang::CXXRecordDecl& declared, const record& read,
                                           const methods& annotated) {
  std::vector<std::string> result;
  for (const clang::CXXMethodDecl* method : annotated) {
    const std::string name = method->getNameAsString();
    const auto all = overloads(context.sema, declared, method->getDeclName());
    const auto served = std::count_if(read.methods.begin(), read.methods.end(),
                                      [&](const function& one) { return one.name == name; });
    const bool has_others = static_cast<std::size_t>(served) < all.size();
    // A using-declaration must be allowed to see all that it names.
    const bool are_visible = std::none_of(
        all.begin(), all.end(),
        [](const clang::FunctionDecl* one) { return one->getAccess() == clang::AS_private; });
    if (has_others && are_visible &&
        std::find(result.begin(), result.end(), name) == result.end()) {
      result.push_back(name);
    }
  }
  return result;
}

// The same for what a class inherits from a base that depends on its parameters.
void keep_overloads(const scan_context& context, const clang::CXXMethodDecl& method,
                    std::vector<std::string>& result) {
  const auto all = method.getParent()->lookup(method.getDeclName());
  const bool has_others = std::any_of(all.begin(), all.end(), [&](clang::NamedDecl* one) {
    const clang::FunctionDecl* function = one->getUnderlyingDecl()->getAsFunction();
    return function != nullptr && function->getAccess() == clang::AS_public &&
           !context.is_chosen(*function);
  });
  const std::string name = method.getNameAsString();
  if (has_others && std::find(result.begin(), result.end(), name) == result.end()) {
    result.push_back(name);
  }
}

// Why nothing can derive from the class.
std::string no_base_reason(clang::Sema& sema, clang::CXXRecordDecl& declared) {
  if (declared.isUnion()) {
    return "it is a union";
  }
  if (declared.isEffectivelyFinal()) {
    return "it is final";
  }
  const clang::CXXDestructorDecl* destructor =
      declared.isDependentContext() ? declared.getDestructor() : sema.LookupDestructor(&declared);
  const bool is_accessible =
      destructor == nullptr ||
      (!destructor->isDeleted() && destructor->getAccess() != clang::AS_private);
  return is_accessible ? "" : "its destructor is not accessible";
}

std::string no_facade_reason(const clang::CXXRecordDecl& declared, const methods& annotated) {
  if (declared.isAbstract()) {
    return "it is abstract";
  }
  for (const clang::CXXMethodDecl* method : annotated) {
    if (method->isVirtual()) {
      return method->getNameAsString() + "() is virtual";
    }
  }
  if (llvm::isa<clang::ClassTemplateSpecializationDecl>(declared)) {
    return "it is a specialisation of a template";
  }
  return {};
}

// A class inside of one that has no facade has no place for its own.
void close_nested(record& outer) {
  for (record& inner : outer.nested) {
    if (inner.no_facade_reason.empty()) {
      inner.no_facade_reason = outer.qualified_name + ", which it is in, has none";
    }
    close_nested(inner);
  }
}

bool is_usable(const clang::CXXConstructorDecl* constructor, bool protected_will_do) {
  return constructor != nullptr && !constructor->isDeleted() &&
         (constructor->getAccess() == clang::AS_public ||
          (protected_will_do && constructor->getAccess() == clang::AS_protected));
}

// Whether the object can be kept alive by those who use it.
bool shares_itself(const clang::CXXRecordDecl& record) {
  for (const clang::CXXBaseSpecifier& parent : record.bases()) {
    if (parent.getAccessSpecifier() != clang::AS_public) {
      continue;
    }
    const clang::CXXRecordDecl* type = parent.getType()->getAsCXXRecordDecl();
    const auto* id = parent.getType()->getAs<clang::TemplateSpecializationType>();
    const clang::NamedDecl* named =
        id != nullptr
            ? static_cast<const clang::NamedDecl*>(id->getTemplateName().getAsTemplateDecl())
            : type;
    if (is_std(named, "enable_shared_from_this") ||
        (type != nullptr && type->hasDefinition() && shares_itself(*type->getDefinition()))) {
      return true;
    }
  }
  return false;
}

// Those that are declared, and unless the class depends on template parameters the implicit ones.
std::vector<clang::NamedDecl*> constructors(clang::Sema& sema, clang::CXXRecordDecl& declared) {
  std::vector<clang::NamedDecl*> result;
  if (!declared.isDependentContext()) {
    const auto found = sema.LookupConstructors(&declared);
    result.assign(found.begin(), found.end());
    return result;
  }
  for (clang::Decl* member : declared.decls()) {
    const auto* generic = llvm::dyn_cast<clang::FunctionTemplateDecl>(member);
    if (llvm::isa<clang::CXXConstructorDecl>(member) ||
        (generic != nullptr && llvm::isa<clang::CXXConstructorDecl>(generic->getTemplatedDecl()))) {
      result.push_back(llvm::cast<clang::NamedDecl>(member));
    }
  }
  return result;
}

void read_constructors(clang::Sema& sema, clang::CXXRecordDecl& declared, record& result) {
  if (declared.isUnion()) {
    return;
  }
  if (declared.isDependentContext()) {
    // Implicit ones are there when it is instantiated; the entries ask then.
    result.default_constructible = true;
    result.move_constructible = true;
  } else {
    result.default_constructible = is_usable(sema.LookupDefaultConstructor(&declared), false);
    result.move_constructible = is_usable(sema.LookupMovingConstructor(&declared, 0), true);
  }
  for (clang::NamedDecl* found : constructors(sema, declared)) {
    const bool is_template = llvm::isa<clang::FunctionTemplateDecl>(found);
    const auto* constructor = llvm::dyn_cast_or_null<clang::CXXConstructorDecl>(
        found->getUnderlyingDecl()->getAsFunction());
    if (constructor == nullptr || constructor->isDeleted() ||
        constructor->getAccess() != clang::AS_public) {
      continue;
    }
    const bool is_special =
        constructor->getNumParams() == 0 || constructor->isCopyOrMoveConstructor();
    result.has_constructors_to_inherit =
        result.has_constructors_to_inherit || is_template || !is_special;
  }
}

}  // namespace

std::optional<record> read_record(scan_context& context, clang::CXXRecordDecl& declared,
                                  std::vector<record> nested) {
  methods annotated = annotated_methods(context, declared);
  if (annotated.empty() && nested.empty()) {
    return std::nullopt;
  }
  clang::Sema& sema = context.sema;
  record result;
  if (!annotated.empty()) {
    add_inherited(context, declared, declared, annotated);
  }
  for (const clang::CXXMethodDecl* method : annotated) {
    if (std::optional<function> read = read_function(context, *method)) {
      result.methods.push_back(std::move(*read));
    }
  }
  std::vector<inherited_method> inherited;
  if (!annotated.empty() && declared.isDependentContext()) {
    inherited = inherited_from_dependent(context, declared);
    for (const inherited_method& each : inherited) {
      if (std::optional<function> read =
              read_function(context, *each.method, each.class_arguments)) {
        result.methods.push_back(std::move(*read));
      }
      annotated.push_back(const_cast<clang::CXXMethodDecl*>(each.method));
    }
  }
  const bool is_refused = !annotated.empty() && find_class_refusal(declared).has_value();
  if (is_refused || declared.getIdentifier() == nullptr) {
    return std::nullopt;  // read_function has said why
  }
  result.name = declared.getNameAsString();
  result.nested = std::move(nested);
  const template_names names(declared);
  type_speller speller(sema.Context, names);
  result.type = speller.name(declared);
  result.qualified_name = shown_name(declared);
  if (const clang::TemplateParameterList* list = own_parameters(declared)) {
    result.head = read_template_head(*list, names, speller);
  }
  result.shares_itself = shares_itself(declared);
  result.namespaces = namespaces_of(declared);
  result.where = context.places.at(declared.getLocation());
  result.documentation = documentation_of(declared);
  const sema_trial trial(sema);  // implicit members are declared as they are looked up
  result.no_facade_reason = no_base_reason(sema, declared);
  result.can_be_base = result.no_facade_reason.empty();
  if (result.can_be_base) {
    result.no_facade_reason = no_facade_reason(declared, annotated);
  }
  if (!result.no_facade_reason.empty()) {
    close_nested(result);
  }
  result.overloads_to_keep = overloads_to_keep(context, declared, result, annotated);
  for (const inherited_method& each : inherited) {
    keep_overloads(context, *each.method, result.overloads_to_keep);
  }
  read_constructors(sema, declared, result);
  return result;
}

}  // namespace smartasync::gen
