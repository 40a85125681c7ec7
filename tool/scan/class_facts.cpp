// SPDX-License-Identifier: MIT
#include "scan/class_facts.hpp"

#include <clang/AST/ASTContext.h>
#include <clang/AST/DeclTemplate.h>
#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/ADT/StringSet.h>

#include "scan/awaitable.hpp"
#include "scan/sema_trial.hpp"
#include "scan/type_text.hpp"

namespace smartasync::gen {
namespace {

bool is_std_class(const clang::CXXRecordDecl& record, const llvm::StringSet<>& names) {
  return record.getIdentifier() != nullptr && names.contains(record.getName()) &&
         is_std(&record, record.getName());
}

// Their copy constructor is there for every element, and fails to compile for some.
bool is_container(const clang::CXXRecordDecl& record) {
  static const llvm::StringSet<> names = {"vector",
                                          "list",
                                          "deque",
                                          "forward_list",
                                          "set",
                                          "multiset",
                                          "map",
                                          "multimap",
                                          "unordered_set",
                                          "unordered_multiset",
                                          "unordered_map",
                                          "queue",
                                          "unordered_multimap",
                                          "priority_queue",
                                          "stack"};
  return is_std_class(record, names);
}

// They hold pointers and have no destructor of their own, and yet own what they point at, or point
// at what lives as long as the program.
bool is_known_owner(const clang::CXXRecordDecl& record) {
  static const llvm::StringSet<> names = {
      "shared_ptr", "weak_ptr",   "unique_ptr",      "error_code",        "error_condition",
      "type_index", "stop_token", "source_location", "function",          "any",
      "future",     "promise",    "shared_future",   "move_only_function"};
  return is_std_class(record, names);
}

bool is_known_view(const clang::CXXRecordDecl& record) {
  static const llvm::StringSet<> names = {"basic_string_view", "span", "reference_wrapper",
                                          "initializer_list", "coroutine_handle"};
  return is_std_class(record, names);
}

bool is_usable(const clang::CXXConstructorDecl* constructor) {
  return constructor != nullptr && !constructor->isDeleted() &&
         constructor->getAccess() == clang::AS_public;
}

bool can_destroy(clang::Sema& sema, clang::CXXRecordDecl* record) {
  const clang::CXXDestructorDecl* destructor = sema.LookupDestructor(record);
  return destructor == nullptr ||
         (!destructor->isDeleted() && destructor->getAccess() == clang::AS_public);
}

class view_search {
 public:
  explicit view_search(clang::Sema& sema) : sema_(sema) {}

  bool finds(clang::QualType type) {
    type = type.getCanonicalType();
    if (type->isReferenceType()) {
      return true;
    }
    if (const auto* pointer = type->getAs<clang::PointerType>()) {
      return !pointer->getPointeeType()->isFunctionType();
    }
    if (const clang::ArrayType* array = sema_.Context.getAsArrayType(type)) {
      return finds(array->getElementType());
    }
    const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
    return record != nullptr && in_class(*record, type);
  }

 private:
  bool in_class(const clang::CXXRecordDecl& record, clang::QualType type) {
    if (const std::optional<bool> declared = declared_view(sema_, type)) {
      return *declared;
    }
    if (is_known_owner(record)) {
      return false;
    }
    if (is_known_view(record)) {
      return true;
    }
    if (!seen_.insert(record.getCanonicalDecl()).second || !is_complete(sema_, type)) {
      return false;
    }
    if (const auto* instance = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record)) {
      for (const clang::TemplateArgument& argument : instance->getTemplateArgs().asArray()) {
        if (in_argument(argument)) {
          return true;
        }
      }
    }
    const clang::CXXRecordDecl* definition = record.getDefinition();
    if (definition == nullptr || own_destructor(*definition) != nullptr) {
      return false;
    }
    for (const clang::CXXBaseSpecifier& parent : definition->bases()) {
      if (finds(parent.getType())) {
        return true;
      }
    }
    for (const clang::FieldDecl* field : definition->fields()) {
      if (finds(field->getType())) {
        return true;
      }
    }
    return false;
  }

  bool in_argument(const clang::TemplateArgument& argument) {
    if (argument.getKind() == clang::TemplateArgument::Type) {
      return finds(argument.getAsType());
    }
    if (argument.getKind() == clang::TemplateArgument::Pack) {
      for (const clang::TemplateArgument& element : argument.pack_elements()) {
        if (in_argument(element)) {
          return true;
        }
      }
    }
    return false;
  }

  clang::Sema& sema_;
  llvm::SmallPtrSet<const clang::CXXRecordDecl*, 16> seen_;
};

}  // namespace

const clang::CXXDestructorDecl* own_destructor(const clang::CXXRecordDecl& record) {
  const clang::CXXDestructorDecl* destructor = record.getDestructor();
  return destructor != nullptr && destructor->isUserProvided() ? destructor : nullptr;
}

bool can_copy(clang::Sema& sema, clang::QualType type) {
  type = type.getCanonicalType();
  if (const clang::ArrayType* array = sema.Context.getAsArrayType(type)) {
    return can_copy(sema, array->getElementType());
  }
  if (!is_complete(sema, type)) {
    return false;
  }
  clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  if (record == nullptr) {
    return true;
  }
  const sema_trial trial(sema);
  if (record->isAbstract() || !can_destroy(sema, record) ||
      !is_usable(sema.LookupCopyingConstructor(record, clang::Qualifiers::Const))) {
    return false;
  }
  const auto* instance = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(record);
  if (instance == nullptr || !is_container(*record)) {
    return true;
  }
  for (const clang::TemplateArgument& argument : instance->getTemplateArgs().asArray()) {
    if (argument.getKind() == clang::TemplateArgument::Type &&
        !can_copy(sema, argument.getAsType())) {
      return false;
    }
  }
  return true;
}

bool can_move(clang::Sema& sema, clang::QualType type) {
  type = type.getCanonicalType();
  clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  if (record == nullptr) {
    return true;
  }
  if (!is_complete(sema, type) || record->isAbstract()) {
    return false;
  }
  const sema_trial trial(sema);
  if (!can_destroy(sema, record)) {
    return false;
  }
  const clang::CXXConstructorDecl* moving = sema.LookupMovingConstructor(record, 0);
  return moving != nullptr
             ? is_usable(moving)
             : is_usable(sema.LookupCopyingConstructor(record, clang::Qualifiers::Const));
}

bool is_view_like(clang::Sema& sema, clang::QualType type) { return view_search(sema).finds(type); }

}  // namespace smartasync::gen
