// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/Type.h>
#include <clang/Sema/Sema.h>

#include <optional>
#include <string>

namespace smartasync::gen {

/// awaited_type() is what `co_await` of a value of the type gives in a smartasync::task, and
/// nothing where that is not well-formed. Sema is asked, with the type instantiated; a
/// specialisation of smartasync::awaitable_traits answers for a type that does not await by itself.
/// The author's spelling of the result is kept where the type has it as a template argument.
std::optional<clang::QualType> awaited_type(clang::Sema& sema, clang::QualType type);

/// is_our_task() tells whether the type is a smartasync::task.
bool is_our_task(clang::QualType type);

/// coroutine_sort says what a coroutine type is that cannot be awaited.
enum class coroutine_sort { none, foreign, generator };

/// sort_of_coroutine() recognises Asio's awaitable and generators, and any other type that only
/// makes sense as the result of a coroutine of its own sort.
coroutine_sort sort_of_coroutine(clang::Sema& sema, clang::QualType type);

/// sort_of_template() is the same for every instance of a class template, as far as the template
/// itself tells: it has a promise_type, and nothing that makes it awaitable.
coroutine_sort sort_of_template(const clang::TemplateSpecializationType* id);

/// is_complete() completes (instantiates) a type if need be, without a word about errors.
bool is_complete(clang::Sema& sema, clang::QualType type);

/// can_be_complete() says the same without instantiating a template of std that nobody has needed
/// yet: it is complete if what it is made of is. A compiler spares that time, too.
bool can_be_complete(clang::Sema& sema, clang::QualType type);

/// find_template() is the class template `space::name`, or null.
clang::ClassTemplateDecl* find_template(clang::Sema& sema, llvm::StringRef space,
                                        llvm::StringRef name);

/// instance_of() is the class template with one type argument; null where that is not well-formed.
clang::QualType instance_of(clang::Sema& sema, clang::ClassTemplateDecl& named,
                            clang::QualType argument);

/// declared_view() is what a specialisation of smartasync::is_view says of the type; nothing where
/// there is none.
std::optional<bool> declared_view(clang::Sema& sema, clang::QualType type);

/// has_specialization() tells whether an explicit or partial specialisation of `smartasync::name`
/// serves the type.
bool has_specialization(clang::Sema& sema, llvm::StringRef name, clang::QualType type);

}  // namespace smartasync::gen
