// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace smartasync::gen {

/// driver_answer holds what a compiler told about itself when `fault` is empty.
struct driver_answer {
  std::vector<std::string> flags;  ///< its target and its system include directories
  std::string fault;
};

/// query_driver() runs a compiler, a path or a name on PATH, to learn where its system headers are
/// and what it compiles for. Those of `flags` that decide about that (the standard, the library,
/// the sysroot, -m options) are passed to it. The compiler's own headers (stddef.h and the like)
/// are left out: Clang has to read its own.
driver_answer query_driver(const std::string& compiler, const std::vector<std::string>& flags);

/// parse_driver_output() reads what `COMPILER -E -v` printed.
driver_answer parse_driver_output(std::string_view text, const std::string& own_headers);

}  // namespace smartasync::gen
