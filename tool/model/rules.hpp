// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "model/diagnostic.hpp"
#include "model/namespace_map.hpp"
#include "model/unit.hpp"

namespace smartasync::gen {

/// check_rules() finds what is wrong in the headers of one run, judged on the model alone: keys
/// that do not fit their function, then entries that would clash with one another. It finds all
/// there is, each part in the order of the units and of their source; an empty result means that
/// each unit can be emitted.
std::vector<diagnostic> check_rules(const std::vector<unit>& units,
                                    const namespace_map& namespaces);

}  // namespace smartasync::gen
