// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/Decl.h>

#include <string>

namespace smartasync::gen {

/// documentation_of() is the documentation comment before a declaration, as it stands in the source
/// without its indentation, or empty.
std::string documentation_of(const clang::Decl& declaration);

}  // namespace smartasync::gen
