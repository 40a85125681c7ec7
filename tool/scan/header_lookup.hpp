// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scan/probe.hpp"

namespace smartasync::gen {

/// found_header is a header of the run: where it is, and how a user's #include names it.
struct found_header {
  std::string given;
  std::string path;       ///< absolute
  std::string real_path;  ///< symbolic links followed: one file is one header
  std::string include_name;
  bool angled = false;
  std::string directive;  ///< what follows #include when we read it
  std::string shown;      ///< for messages: the path as it was given, or where the name was found
};

/// find_header() takes a path (from `working_directory`, if relative), or a name as one includes
/// it, which is looked for as the compiler does. A path's include name is the path from the longest
/// include directory that holds it, and the file's name where none does.
std::optional<found_header> find_header(const std::string& given,
                                        const std::vector<include_directory>& directories,
                                        const std::string& working_directory);

}  // namespace smartasync::gen
