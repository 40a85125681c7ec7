// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/DeclCXX.h>
#include <clang/Sema/Sema.h>

namespace smartasync::gen {

/// can_copy() tells whether a complete object type can be copied from a const one by code that has
/// no rights to it. Standard containers say yes for any element; theirs is looked at too.
bool can_copy(clang::Sema& sema, clang::QualType type);

/// can_move() tells whether it can be made from an rvalue of its type.
bool can_move(clang::Sema& sema, clang::QualType type);

/// is_view_like() tells whether an object of the type points at what it does not own: it, a base, a
/// member or a template argument is or holds a pointer, a reference or a view, and it has no
/// destructor of its own. Owners end the search, containers of views do not.
bool is_view_like(clang::Sema& sema, clang::QualType type);

/// own_destructor() is the destructor that the class' author wrote, or null.
const clang::CXXDestructorDecl* own_destructor(const clang::CXXRecordDecl& record);

}  // namespace smartasync::gen
