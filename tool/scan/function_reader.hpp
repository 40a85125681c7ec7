// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/Decl.h>

#include <optional>
#include <string>
#include <vector>

#include "model/function.hpp"
#include "scan/scan_context.hpp"

namespace smartasync::gen {

/// read_function() describes an annotated function or method; where it cannot be served, the reason
/// is in the context's findings and nothing is returned. `class_arguments` are those of a class
/// template that a method is inherited from, as they are spelled in the derived one.
std::optional<function> read_function(scan_context& context, const clang::FunctionDecl& declared,
                                      const std::vector<std::string>& class_arguments = {});

/// namespaces_of() are the named namespaces around a declaration, inline ones left out.
std::vector<std::string> namespaces_of(const clang::Decl& declaration);

}  // namespace smartasync::gen
