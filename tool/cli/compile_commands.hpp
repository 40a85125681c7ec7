// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace smartasync::gen {

/// compile_command is one entry of a compile_commands.json.
struct compile_command {
  std::string directory;               ///< absolute: what the paths in it are relative to
  std::string file;                    ///< the source, absolute
  std::vector<std::string> arguments;  ///< the command line after the compiler's name
};

/// compile_commands holds the entries for C++ sources when `fault` is empty.
struct compile_commands {
  std::vector<compile_command> entries;
  std::string fault;
};

/// read_compile_commands() reads the text of a compile_commands.json; `path`, absolute, is where it
/// comes from. Entries for other languages than C++ are left out.
compile_commands read_compile_commands(const std::string& text, const std::string& path);

/// nearest_command() is the entry whose flags fit a header best: that of the header itself if it
/// has one, else of a source with the same stem, else of the source that shares the longest part of
/// its path; the first of equals. `entries` must not be empty.
const compile_command& nearest_command(const std::vector<compile_command>& entries,
                                       const std::string& header);

}  // namespace smartasync::gen
