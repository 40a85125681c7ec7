// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

namespace smartasync::gen {

/// read_text() is the whole content of a regular file; empty where there is none or it cannot be
/// read.
std::optional<std::string> read_text(const std::string& path);

}  // namespace smartasync::gen
