// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/diagnostic.hpp"

namespace smartasync::gen {

/// include_directory is one place where the compiler looks for headers.
struct include_directory {
  std::string path;     ///< absolute, without a final slash
  bool angled = false;  ///< looked through for <...>
  bool is_system = false;
};

/// probe_result is what one parse of a few lines tells before any header is read.
struct probe_result {
  std::vector<include_directory> directories;  ///< in the compiler's order
  std::vector<diagnostic> faults;              ///< of the environment; empty when all is well
};

/// probe_compiler() asks Clang where it looks for headers, and whether it sees the attribute in
/// each of its forms: a tool that does not would find nothing and call it a success.
probe_result probe_compiler(const std::vector<std::string>& command,
                            const std::string& working_directory);

}  // namespace smartasync::gen
