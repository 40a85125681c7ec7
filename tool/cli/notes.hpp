// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "model/diagnostic.hpp"
#include "model/unit.hpp"

namespace smartasync::gen {

/// functions_of() is every annotated function of a header, methods included, in source order.
std::vector<const function*> functions_of(const unit& header);

/// notes_about() tells what an author may not expect of the entries: an argument that a pending
/// call borrows and why, and a class that has no facade.
std::vector<diagnostic> notes_about(const std::vector<unit>& units);

}  // namespace smartasync::gen
