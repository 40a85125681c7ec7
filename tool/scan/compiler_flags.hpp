// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace smartasync::gen {

/// compiler_flag is one flag with its values, each an argument of its own.
struct compiler_flag {
  std::vector<std::string> arguments;
  /// How code is made or said, and not what the headers are: GCC may know a value of it that Clang
  /// does not know, and then it can be left out.
  bool is_optional = false;
};

/// compiler_flags is what is left of a compiler's command line for reading headers with Clang.
struct compiler_flags {
  std::vector<compiler_flag> kept;
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
