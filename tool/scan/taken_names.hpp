// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/DeclCXX.h>

#include "model/function.hpp"
#include "model/record.hpp"
#include "scan/scan_context.hpp"

namespace smartasync::gen {

/// check_taken_names() reports a function whose entries would clash with what the header, or what
/// it includes, declares in the namespace that they go to, and a namespace whose own name is taken.
/// Overloads of the author's there do not clash.
void check_taken_names(scan_context& context, const clang::FunctionDecl& declared,
                       const function& read);

/// The same for the facade of a class in a namespace. A class that is only declared there is taken
/// for the facade itself.
void check_taken_names(scan_context& context, const clang::CXXRecordDecl& declared,
                       const record& read);

}  // namespace smartasync::gen
