// SPDX-License-Identifier: MIT
#include "output/drift.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "output/banner.hpp"
#include "output/text_file.hpp"
#include "output/unified_diff.hpp"

namespace smartasync::gen {

namespace fs = std::filesystem;

namespace {

drift drift_at(diagnostic_id id, const std::string& shown, std::string message, std::string remedy,
               std::string_view before, std::string_view after) {
  drift made{{id, {shown, 0, 0, {}}, std::move(message), {{{}, std::move(remedy)}}}, {}};
  // What follows the tab is a time to `patch`, which so reads names with spaces.
  const std::string none = "/dev/null";
  const std::string on_disk = id == diagnostic_id::output_missing ? none : shown + "\ton disk";
  const std::string wanted = id == diagnostic_id::output_orphaned ? none : shown + "\tgenerated";
  made.diff = unified_diff({on_disk, before}, {wanted, after});
  return made;
}

// client.smart.hpp, and vector.smart for a header without extension
bool is_output_name(const std::string& name) {
  const fs::path path(name);
  return path.extension() == ".smart" || path.stem().extension() == ".smart";
}

std::vector<std::string> output_names_under(const std::string& root) {
  std::vector<std::string> found;
  std::error_code error;
  fs::recursive_directory_iterator each(root, fs::directory_options::skip_permission_denied, error);
  for (; !error && each != fs::recursive_directory_iterator(); each.increment(error)) {
    const std::string name = each->path().filename().string();
    if (name.starts_with('.')) {
      each.disable_recursion_pending();
    } else if (is_output_name(name)) {
      found.push_back(each->path().lexically_relative(root).string());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

drift_report find_drift(const std::vector<output_file>& outputs, const std::string& root,
                        const std::string& shown_root) {
  drift_report report;
  std::set<std::string> headers;
  std::set<std::string> places;
  for (const output_file& each : outputs) {
    headers.insert(each.header);
    places.insert(fs::path(each.path).lexically_normal().string());
    ++report.compared;
    const std::optional<std::string> before = read_text(each.path);
    if (!before) {
      report.drifts.push_back(drift_at(diagnostic_id::output_missing, each.shown,
                                       "the output of '" + each.header + "' is missing",
                                       "run smartasync-gen without --check to make it", "",
                                       each.text));
    } else if (*before != each.text) {
      report.drifts.push_back(drift_at(diagnostic_id::output_stale, each.shown,
                                       "the output is not what '" + each.header + "' gives now",
                                       "run smartasync-gen without --check to renew it", *before,
                                       each.text));
    }
  }
  if (root.empty()) {
    return report;
  }
  for (const std::string& name : output_names_under(root)) {
    const std::string path = (fs::path(root) / name).lexically_normal().string();
    const std::optional<std::string> text = read_text(path);
    const std::optional<std::string> header = text ? banner_header(*text) : std::nullopt;
    if (header && !headers.contains(*header) && !places.contains(path)) {
      report.drifts.push_back(drift_at(
          diagnostic_id::output_orphaned, (fs::path(shown_root) / name).lexically_normal().string(),
          "the header '" + *header + "' is no longer among the headers",
          "delete the file, or name the header again", *text, ""));
    }
  }
  return report;
}

}  // namespace smartasync::gen
