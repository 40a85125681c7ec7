// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/Decl.h>

#include "model/function.hpp"
#include "scan/scan_context.hpp"
#include "scan/type_text.hpp"

namespace smartasync::gen {

/// result_facts is what the result says about the arguments.
struct result_facts {
  bool may_point = false;  ///< it may point into them
  bool is_open = false;    ///< a template's: only its instances know
};

/// read_result() decides from what a function returns whether it is sync or async, and spells the
/// result, that of the sync entry as well. What cannot be served is reported.
result_facts read_result(scan_context& context, const clang::FunctionDecl& declared,
                         type_speller& speller, function& result);

}  // namespace smartasync::gen
