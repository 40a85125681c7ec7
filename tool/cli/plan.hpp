// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"
#include "model/diagnostic.hpp"
#include "model/unit.hpp"

namespace smartasync::gen {

/// planned_output says where the output of one unit goes.
struct planned_output {
  const unit* from;
  std::string path;   ///< absolute
  std::string shown;  ///< as the user named the place
};

/// run_plan holds one output for each unit, in their order, when `faults` is empty.
struct run_plan {
  std::vector<planned_output> outputs;
  std::vector<diagnostic> faults;
};

/// smart_name() is the include name of the entries of what is included as `include_name`:
/// `shop/client.smart.hpp` for `shop/client.hpp`.
std::string smart_name(const std::string& include_name);

/// plan_outputs() gives each unit its output. Two units with one output are a fault, and so is an
/// output, depfile or stamp in the place of another of them or of a header. `directory`, absolute,
/// is what the paths of the options are relative to.
run_plan plan_outputs(const options& given, const std::vector<unit>& units,
                      const std::string& directory);

/// absolute_path() is `path` in `directory`, without `.` and `..`.
std::string absolute_path(const std::string& path, const std::string& directory);

}  // namespace smartasync::gen
