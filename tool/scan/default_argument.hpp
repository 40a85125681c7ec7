// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/Decl.h>

#include <optional>
#include <string>
#include <vector>

#include "model/function.hpp"

namespace smartasync::gen {

/// read_defaults() gives each trailing parameter its default text where that means the same
/// anywhere: literals, operators and braces alone. Every other default is left to the author's
/// declaration, by entries with fewer parameters (`shorter_arities`).
void read_defaults(const clang::FunctionDecl& declared, function& result);

}  // namespace smartasync::gen
