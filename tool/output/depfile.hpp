// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace smartasync::gen {

/// depfile_text() is one rule in Make's syntax, as compilers write it and Ninja reads it: `targets`
/// depend on `dependencies`. Each dependency is listed once, sorted; spaces, `#` and `$` in names
/// are escaped.
std::string depfile_text(const std::vector<std::string>& targets,
                         std::vector<std::string> dependencies);

}  // namespace smartasync::gen
