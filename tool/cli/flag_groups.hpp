// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"
#include "cli/reporter.hpp"

namespace smartasync::gen {

/// flag_group is headers that are read with the same compiler flags, and so together.
struct flag_group {
  std::vector<std::string> headers;  ///< absolute paths, or names as one includes them
  std::vector<std::string> flags;    ///< with absolute paths
};

/// find_flag_groups() gives each header its flags: those of -p, which may differ from one header to
/// another, then the same for all. What goes wrong is reported. `directory`, absolute, is what the
/// paths of the options are relative to.
std::vector<flag_group> find_flag_groups(const options& given, const std::string& directory,
                                         reporter& report);

}  // namespace smartasync::gen
