// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/unit.hpp"

namespace smartasync::gen {

/// manifest_text() is what the entries of a run are, as JSON with stable keys; docs/manifest.md
/// names them. It depends on the units alone, and ends with a newline.
std::string manifest_text(const std::vector<unit>& units);

/// manifest_change is one difference between two manifests, in words.
struct manifest_change {
  std::string function;  ///< `shop::Client::get(std::string)`
  std::string text;      ///< `capture of argument 2 (sql): copied -> in_place`
};

/// manifest_changes() says what is different in `after`: removed entries, then changed and new
/// ones, each by name. Nothing where one of the texts is no manifest.
std::optional<std::vector<manifest_change>> manifest_changes(std::string_view before,
                                                             std::string_view after);

}  // namespace smartasync::gen
