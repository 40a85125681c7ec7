// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace smartasync::gen {

/// help_text() is what --help prints.
std::string help_text();

/// version_text() is what --version prints: the tool's version and that of the Clang it reads with.
std::string version_text();

}  // namespace smartasync::gen
