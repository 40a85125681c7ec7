// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/diagnostic.hpp"

namespace smartasync::gen {

/// sarif_text() is what a run has found as a SARIF 2.1.0 log, which code hosts and editors read:
/// one rule for each kind of finding in `findings`, and one result for each finding, in their
/// order.
std::string sarif_text(const std::vector<diagnostic>& findings, std::string_view tool_version);

}  // namespace smartasync::gen
