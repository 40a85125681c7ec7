// SPDX-License-Identifier: MIT
#include "cli/publish.hpp"

#include <cstddef>
#include <optional>
#include <utility>

#include "cli/plan.hpp"
#include "llvm/Support/raw_ostream.h"
#include "output/depfile.hpp"
#include "output/drift.hpp"
#include "output/file_set.hpp"
#include "output/manifest.hpp"
#include "output/sarif.hpp"
#include "output/text_file.hpp"

namespace smartasync::gen {
namespace {

// The directory that outputs must not leave; none where the user has named the output itself.
std::string root_of(const options& given, const std::string& directory) {
  return given.output_dir.empty() ? std::string() : absolute_path(given.output_dir, directory);
}

file_set outputs_in(const std::string& root, const std::vector<output_file>& outputs) {
  file_set files(root);
  for (const output_file& each : outputs) {
    files.add(each);
  }
  return files;
}

// Ninja and Make know the targets by the names on the command line.
std::vector<std::string> depfile_targets(const options& given,
                                         const std::vector<output_file>& outputs) {
  if (!given.depfile_target.empty()) {
    return {given.depfile_target};
  }
  if (!given.stamp.empty()) {
    return {given.stamp};
  }
  std::vector<std::string> targets;
  targets.reserve(outputs.size());
  for (const output_file& each : outputs) {
    targets.push_back(each.shown);
  }
  return targets;
}

std::string depfile_of(const options& given, const std::string& directory,
                       const std::vector<unit>& units, const std::vector<output_file>& outputs) {
  std::vector<std::string> dependencies;
  for (const unit& each : units) {
    dependencies.push_back(absolute_path(each.header, directory));
    for (const std::string& dependency : each.dependencies) {
      dependencies.push_back(absolute_path(dependency, directory));
    }
  }
  for (const std::string& file : given.adopt) {
    dependencies.push_back(absolute_path(file, directory));
  }
  return depfile_text(depfile_targets(given, outputs), dependencies);
}

// Like an output it is left alone when it says the same.
void add_manifest(const options& given, const std::string& directory,
                  const std::vector<unit>& units, file_set& files) {
  const std::string path = absolute_path(given.manifest, directory);
  const std::optional<std::string> before = read_text(path);
  std::string text = manifest_text(units);
  if (given.force_write || !before || *before != text) {
    files.add_record({path, given.manifest, std::move(text), {}}, record_kind::manifest);
  }
}

// The number of changes, each of which is reported in words.
std::optional<std::size_t> check_manifest(const options& given, const std::string& directory,
                                          const std::vector<unit>& units, reporter& report) {
  const std::optional<std::string> before = read_text(absolute_path(given.manifest, directory));
  const source_position where{given.manifest, 0, 0, {}};
  const auto changes = before ? manifest_changes(*before, manifest_text(units)) : std::nullopt;
  if (!changes) {
    report.add({diagnostic_id::manifest_unreadable,
                where,
                before ? "this is no manifest of this version" : "there is no manifest",
                {{{}, "run smartasync-gen with --manifest and without --check to make it"}}});
    return std::nullopt;
  }
  for (const manifest_change& each : *changes) {
    report.add({diagnostic_id::manifest_changed, where, each.function + ": " + each.text, {}});
  }
  return changes->size();
}

file_set sarif_in(const options& given, const std::string& directory, std::string text) {
  file_set files{std::string()};
  files.add_record({absolute_path(given.sarif, directory), given.sarif, std::move(text), {}},
                   record_kind::sarif_log);
  return files;
}

std::string count_of(std::size_t count, const std::string& what) {
  return std::to_string(count) + " " + what;
}

}  // namespace

exit_status write_outputs(const options& given, const std::string& directory,
                          const std::vector<unit>& units, const std::vector<output_file>& outputs,
                          reporter& report) {
  file_set files = outputs_in(root_of(given, directory), outputs);
  if (!given.depfile.empty()) {
    files.add_record({absolute_path(given.depfile, directory),
                      given.depfile,
                      depfile_of(given, directory, units, outputs),
                      {}},
                     record_kind::depfile);
  }
  if (!given.manifest.empty()) {
    add_manifest(given, directory, units, files);
  }
  if (!given.stamp.empty()) {
    files.add_record({absolute_path(given.stamp, directory), given.stamp, {}, {}},
                     record_kind::stamp);
  }
  const write_report done =
      given.dry_run ? files.rehearse(given.force_write) : files.write(given.force_write);
  report.add(done.faults);
  if (report.failed()) {
    return exit_status::environment_error;
  }
  for (const std::string& each : done.written) {
    if (given.dry_run) {
      llvm::outs() << "would write " << each << '\n';
    }
    report.say((given.dry_run ? "would write " : "wrote ") + each);
  }
  for (const std::string& each : done.unchanged) {
    report.say("unchanged: " + each);
  }
  return exit_status::well;
}

exit_status check_outputs(const options& given, const std::string& directory,
                          const std::vector<unit>& units, const std::vector<output_file>& outputs,
                          reporter& report) {
  const std::string root = root_of(given, directory);
  // What writing would refuse is no drift: running without --check would not help.
  report.add(outputs_in(root, outputs).rehearse(false).faults);
  if (report.failed()) {
    return exit_status::environment_error;
  }
  const drift_report found =
      find_drift(outputs, given.keep_orphans ? std::string() : root, given.output_dir);
  if (found.compared == 0) {
    report.add({diagnostic_id::command_line, {}, "there is no output to compare", {}});
    return exit_status::environment_error;
  }
  std::size_t stale = 0;
  std::size_t missing = 0;
  std::size_t orphaned = 0;
  for (const drift& each : found.drifts) {
    report.add(each.finding);
    llvm::outs() << each.diff;
    stale += each.finding.id == diagnostic_id::output_stale;
    missing += each.finding.id == diagnostic_id::output_missing;
    orphaned += each.finding.id == diagnostic_id::output_orphaned;
  }
  if (!given.quiet) {
    llvm::outs() << count_of(found.compared, found.compared == 1 ? "output" : "outputs")
                 << " compared: ";
    if (found.drifts.empty()) {
      llvm::outs() << "all as they should be\n";
    } else {
      llvm::outs() << count_of(stale, "stale") << ", " << count_of(missing, "missing") << ", "
                   << count_of(orphaned, "orphaned") << '\n';
    }
  }
  std::size_t changed = 0;
  if (!given.manifest.empty()) {
    const std::optional<std::size_t> changes = check_manifest(given, directory, units, report);
    if (!changes) {
      return exit_status::environment_error;
    }
    changed = *changes;
  }
  return found.drifts.empty() && changed == 0 ? exit_status::well : exit_status::drift;
}

bool can_write_sarif(const options& given, const std::string& directory, reporter& report) {
  report.add(sarif_in(given, directory, {}).rehearse(false).faults);
  return !report.failed();
}

exit_status write_sarif(const options& given, const std::string& directory, exit_status status,
                        reporter& report) {
  const file_set files =
      sarif_in(given, directory, sarif_text(report.findings(), SMARTASYNC_VERSION));
  const write_report done = files.write(false);
  report.add(done.faults);
  return done.faults.empty() ? status : exit_status::environment_error;
}

}  // namespace smartasync::gen
