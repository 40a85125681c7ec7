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

// What these are follows from their arguments alone, so that nothing has to be instantiated: a
// result or a parameter of such a type costs a compiler nothing either until the function is
// called.
bool is_known_wrapper(const clang::CXXRecordDecl& record) {
  static const llvm::StringSet<> names = {"optional", "pair", "tuple", "variant", "array"};
  return is_std_class(record, names);
}

bool all_arguments(const clang::CXXRecordDecl& record,
                   llvm::function_ref<bool(clang::QualType)> wanted) {
  const auto holds = [&](const clang::TemplateArgument& argument) {
    return argument.getKind() != clang::TemplateArgument::Type || wanted(argument.getAsType());
  };
  const auto& instance = llvm::cast<clang::ClassTemplateSpecializationDecl>(record);
  return llvm::all_of(instance.getTemplateArgs().asArray(), [&](const auto& argument) {
    return argument.getKind() == clang::TemplateArgument::Pack
               ? llvm::all_of(argument.pack_elements(), holds)
               : holds(argument);
  });
}

// They hold pointers and have no destructor of their own, and yet own what they point at, or point
// at what lives as long as the program.
bool is_known_owner(const clang::CXXRecordDecl& record) {
  static const llvm::StringSet<> names = {"shared_ptr",
                                          "weak_ptr",
                                          "unique_ptr",
                                          "error_code",
                                          "error_condition",
                                          "type_index",
                                          "stop_token",
                                          "source_location",
                                          "function",
                                          "any",
                                          "future",
                                          "promise",
                                          "shared_future",
                                          "move_only_function",
                                          "allocator",
                                          "less",
                                          "hash",
                                          "equal_to",
                                          "char_traits",
                                          "mutex",
                                          "timed_mutex",
                                          "recursive_mutex",
                                          "recursive_timed_mutex",
                                          "shared_mutex",
                                          "shared_timed_mutex",
                                          "condition_variable",
                                          "condition_variable_any"};
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
    if (!seen_.insert(record.getCanonicalDecl()).second) {
      return false;
    }
    const bool is_instance = llvm::isa<clang::ClassTemplateSpecializationDecl>(record);
    const auto is_none = [&](clang::QualType argument) { return !finds(argument); };
    if (is_container(record) || is_known_wrapper(record)) {
      return !all_arguments(record, is_none);
    }
    if (!is_complete(sema_, type)) {
      return false;
    }
    if (is_instance && !all_arguments(record, is_none)) {
      return true;
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
  clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  if (record == nullptr) {
    return is_complete(sema, type);
  }
  if (is_container(*record) || is_known_wrapper(*record)) {
    return all_arguments(*record,
                         [&](clang::QualType argument) { return can_copy(sema, argument); });
  }
  if (!is_complete(sema, type)) {
    return false;
  }
  const sema_trial trial(sema);
  return !record->isAbstract() && can_destroy(sema, record) &&
         is_usable(sema.LookupCopyingConstructor(record, clang::Qualifiers::Const));
}

bool can_move(clang::Sema& sema, clang::QualType type) {
  type = type.getCanonicalType();
  clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  if (record == nullptr) {
    return true;
  }
  if (is_container(*record)) {
    return true;
  }
  if (is_known_wrapper(*record)) {
    return all_arguments(*record,
                         [&](clang::QualType argument) { return can_move(sema, argument); });
  }
  if (!is_complete(sema, type)) {
    return false;
  }
  const sema_trial trial(sema);
  if (record->isAbstract() || !can_destroy(sema, record)) {
    return false;
  }
  const clang::CXXConstructorDecl* moving = sema.LookupMovingConstructor(record, 0);
  return moving != nullptr
             ? is_usable(moving)
             : is_usable(sema.LookupCopyingConstructor(record, clang::Qualifiers::Const));
}

bool is_view_like(clang::Sema& sema, clang::QualType type) { return view_search(sema).finds(type); }

}  // namespace smartasync::gen
