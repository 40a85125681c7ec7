// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace smartasync::gen {

/// exit_status is what the process returns; --help tells it to the user.
enum class exit_status {
  well = 0,
  drift = 1,              ///< found by --check
  header_error = 2,       ///< in a header or its annotations
  environment_error = 3,  ///< usage, configuration or environment
};

/// run() is the whole of smartasync-gen but for the process: it reads the arguments (without the
/// program's name), does what they say, and prints to the process's standard streams. Whatever goes
/// wrong is reported there and told by the status; no output is touched then.
exit_status run(const std::vector<std::string>& arguments);

}  // namespace smartasync::gen
