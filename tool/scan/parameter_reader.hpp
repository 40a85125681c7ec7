// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/Decl.h>

#include <vector>

#include "model/parameter.hpp"
#include "scan/mark.hpp"
#include "scan/scan_context.hpp"

namespace smartasync::gen {

/// read_parameters() describes the parameters of a function and how each is kept; what cannot be
/// served is left in the context's findings.
std::vector<parameter> read_parameters(scan_context& context, const clang::FunctionDecl& declared,
                                       const mark& marked, bool result_may_point);

}  // namespace smartasync::gen
