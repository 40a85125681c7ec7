// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/Decl.h>

#include <optional>
#include <string>

#include "model/diagnostic.hpp"

namespace smartasync::gen {

/// refusal says why a function can have no entries, and what its author can do about it.
struct refusal {
  diagnostic_id id;
  std::string message;
  std::string remedy;
};

/// find_refusal() looks at what the declaration is, not at the types in it.
std::optional<refusal> find_refusal(const clang::FunctionDecl& declared);

/// find_class_refusal() looks at the class whose member is annotated.
std::optional<refusal> find_class_refusal(const clang::CXXRecordDecl& record);

}  // namespace smartasync::gen
