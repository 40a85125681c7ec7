// SPDX-License-Identifier: MIT
#include "cli/plan.hpp"

#include <filesystem>
#include <map>
#include <utility>

namespace smartasync::gen {

namespace fs = std::filesystem;

namespace {

// The places that a run writes to or must leave alone, each with what is there.
class places {
 public:
  explicit places(run_plan& plan) : plan_(plan) {}

  void take(const std::string& path, const std::string& shown, const std::string& what,
            diagnostic_id id) {
    const auto [there, is_free] = taken_.emplace(path, what);
    if (!is_free) {
      plan_.faults.push_back({id,
                              {shown, 0, 0, {}},
                              what + " would be written in the place of " + there->second,
                              {{{}, "choose another place for one of them"}}});
    }
  }

 private:
  run_plan& plan_;
  std::map<std::string, std::string> taken_;
};

}  // namespace

std::string absolute_path(const std::string& path, const std::string& directory) {
  return (fs::path(directory) / path).lexically_normal().string();
}

std::string smart_name(const std::string& include_name) {
  const fs::path name(include_name);
  const std::string extension = name.extension().string();
  return (name.parent_path() / (name.stem().string() + ".smart" + extension)).string();
}

run_plan plan_outputs(const options& given, const std::vector<unit>& units,
                      const std::string& directory) {
  run_plan plan;
  places taken(plan);
  for (const unit& each : units) {
    taken.take(absolute_path(each.header, directory), each.header,
               "the header '" + each.include_name + "'", diagnostic_id::command_line);
  }
  for (const unit& each : units) {
    const std::string shown = given.output.empty()
                                  ? (fs::path(given.output_dir) / smart_name(each.include_name))
                                        .lexically_normal()
                                        .string()
                                  : given.output;
    plan.outputs.push_back({&each, absolute_path(shown, directory), shown});
    taken.take(plan.outputs.back().path, shown, "the output of '" + each.include_name + "'",
               diagnostic_id::output_clash);
  }
  const auto take_record = [&](const std::string& path, const std::string& what) {
    if (!path.empty()) {
      taken.take(absolute_path(path, directory), path, what, diagnostic_id::command_line);
    }
  };
  take_record(given.depfile, "the depfile");
  take_record(given.stamp, "the stamp");
  take_record(given.sarif, "the SARIF log");
  take_record(given.manifest, "the manifest");
  return plan;
}

}  // namespace smartasync::gen
