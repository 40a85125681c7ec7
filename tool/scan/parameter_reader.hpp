// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/Decl.h>

#include "model/function.hpp"
#include "scan/mark.hpp"
#include "scan/result_reader.hpp"
#include "scan/scan_context.hpp"
#include "scan/template_names.hpp"

namespace smartasync::gen {

/// read_parameters() describes the parameters of a function and how each is kept; what cannot be
/// served is left in the context's findings.
void read_parameters(scan_context& context, const clang::FunctionDecl& declared, const mark& marked,
                     const template_names& names, const result_facts& returned, function& result);

}  // namespace smartasync::gen
