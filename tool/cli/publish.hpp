// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"
#include "cli/reporter.hpp"
#include "cli/run.hpp"
#include "model/unit.hpp"
#include "output/output_file.hpp"

namespace smartasync::gen {

/// write_outputs() brings the outputs, the depfile and the stamp to disk, or with --dry-run says
/// what it would write. `directory`, absolute, is what the paths of the options are relative to.
exit_status write_outputs(const options& given, const std::string& directory,
                          const std::vector<unit>& units, const std::vector<output_file>& outputs,
                          reporter& report);

/// check_outputs() is --check: it compares the outputs with the files on disk and prints the
/// differences to standard output.
exit_status check_outputs(const options& given, const std::string& directory,
                          const std::vector<unit>& units, const std::vector<output_file>& outputs,
                          reporter& report);

/// can_write_sarif() looks at the place of the log before anything is written; what is wrong with
/// it is reported.
bool can_write_sarif(const options& given, const std::string& directory, reporter& report);

/// write_sarif() brings what was found to the file of --sarif. It returns `status`, or what stands
/// for its own failure.
exit_status write_sarif(const options& given, const std::string& directory, exit_status status,
                        reporter& report);

}  // namespace smartasync::gen
