// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace smartasync::gen {

/// compiler_flags is what is left of a compiler's command line for reading headers with Clang.
struct compiler_flags {
  std::vector<std::string> kept;
  std::vector<std::string> dropped;  ///< what this Clang does not know, or what must not be heard
};

/// clean_flags() drops inputs, outputs, warnings, dependency files, precompiled headers and every
/// flag that Clang's driver does not know, so that another compiler's command never fails a run.
/// -std=c++20 and -x c++ are added where nothing else is said.
compiler_flags clean_flags(const std::vector<std::string>& flags);

/// compiler_command() is the whole command line for one source file.
std::vector<std::string> compiler_command(const compiler_flags& flags,
                                          const std::string& resource_dir,
                                          const std::string& source);

}  // namespace smartasync::gen
