// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/DeclCXX.h>

#include <optional>
#include <vector>

#include "model/record.hpp"
#include "scan/scan_context.hpp"

namespace smartasync::gen {

/// read_record() describes a class that has annotated methods of its own: those first, in source
/// order, then what its public bases have and it does not hide. `nested` are the classes in it that
/// have entries; nothing for a class with neither.
std::optional<record> read_record(scan_context& context, clang::CXXRecordDecl& declared,
                                  std::vector<record> nested);

}  // namespace smartasync::gen
