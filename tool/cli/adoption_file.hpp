// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/adoption.hpp"
#include "model/diagnostic.hpp"

namespace smartasync::gen {

/// read_adoption_file() adds the rules of an adoption file to `into`. `shown` is its name for
/// messages. All faults of the file are found, each at its own line and column.
void read_adoption_file(const std::string& path, const std::string& shown, adoption& into,
                        std::vector<diagnostic>& faults);

/// read_adoption() is the same for text that is already read; tests use it.
void read_adoption(const std::string& text, const std::string& shown, adoption& into,
                   std::vector<diagnostic>& faults);

}  // namespace smartasync::gen
