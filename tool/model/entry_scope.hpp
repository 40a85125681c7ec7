// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/diagnostic.hpp"
#include "model/namespace_map.hpp"
#include "model/unit.hpp"

namespace smartasync::gen {

/// check_entry_scopes() finds entries that could not stand beside each other, and names that would
/// hide `std` or `smartasync` from the generated text. Two headers of a run may declare the same
/// function: they may be alternatives, of which a program includes one.
std::vector<diagnostic> check_entry_scopes(const std::vector<unit>& units,
                                           const namespace_map& namespaces);

}  // namespace smartasync::gen
