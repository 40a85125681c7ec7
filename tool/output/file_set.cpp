// SPDX-License-Identifier: MIT
#include "output/file_set.hpp"

#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "output/banner.hpp"
#include "output/staged_files.hpp"
#include "output/text_file.hpp"

namespace smartasync::gen {

namespace fs = std::filesystem;

namespace {

diagnostic fault_at(diagnostic_id id, const std::string& shown, std::string message,
                    std::string remedy = {}) {
  diagnostic made{id, {shown, 0, 0, {}}, std::move(message), {}};
  if (!remedy.empty()) {
    made.notes.push_back({{}, std::move(remedy)});
  }
  return made;
}

// A link that leads out of the directory leaves it just as "../" does.
bool is_within(const fs::path& target, const fs::path& root) {
  const fs::path relative = target.lexically_relative(root);
  return !relative.empty() && *relative.begin() != ".." && relative != ".";
}

std::optional<diagnostic> fault_of_place(const output_file& file, const std::string& target) {
  std::error_code ignored;
  const fs::file_status there = fs::status(target, ignored);
  if (fs::exists(there) && !fs::is_regular_file(there)) {
    return fault_at(diagnostic_id::output_not_writable, file.shown,
                    "there is something else than a regular file in the place of the output");
  }
  return std::nullopt;
}

std::string_view name_of(record_kind kind) {
  switch (kind) {
    case record_kind::stamp:
      return "stamp";
    case record_kind::depfile:
      return "depfile";
    case record_kind::manifest:
      return "manifest";
    case record_kind::sarif_log:
      break;
  }
  return "SARIF log";
}

// A stamp is empty, and an empty file is nobody's work.
bool looks_like(record_kind kind, std::string_view text) {
  if (text.empty()) return true;
  const auto has = [&](std::string_view part) { return text.find(part) != std::string_view::npos; };
  switch (kind) {
    case record_kind::stamp:
      return false;
    case record_kind::depfile:
      return text.substr(0, text.find('\n')).ends_with(": \\");
    case record_kind::manifest:
      return text.starts_with('{') && has("\"headers\"");
    case record_kind::sarif_log:
      break;
  }
  return text.starts_with('{') && has("\"runs\"");
}

std::optional<diagnostic> fault_of_record(const output_file& file, record_kind kind) {
  if (auto fault = fault_of_place(file, file.path)) return fault;
  const std::optional<std::string> before = read_text(file.path);
  if (!before || looks_like(kind, *before)) return std::nullopt;
  const std::string name(name_of(kind));
  return fault_at(diagnostic_id::output_not_ours, file.shown,
                  "this file is no " + name + " and is not overwritten by one",
                  "choose another place for the " + name + ", or delete the file");
}

}  // namespace

write_report file_set::prepare(bool force, std::vector<placed>& changed) const {
  write_report report;
  std::error_code error;
  const fs::path root = root_.empty() ? fs::path() : fs::weakly_canonical(root_, error);
  for (const output_file& file : outputs_) {
    const fs::path target = fs::weakly_canonical(file.path, error);
    if (error) {
      report.faults.push_back(
          fault_at(diagnostic_id::output_not_writable, file.shown, error.message()));
      continue;
    }
    if (!root.empty() && !is_within(target, root)) {
      report.faults.push_back(fault_at(
          diagnostic_id::output_outside_directory, file.shown,
          "the output of '" + file.header + "' would be written outside of the output directory",
          "name the header as one includes it, or use -o"));
      continue;
    }
    if (auto fault = fault_of_place(file, target.string())) {
      report.faults.push_back(std::move(*fault));
      continue;
    }
    const std::optional<std::string> before = read_text(target.string());
    if (!before && fs::exists(target, error)) {
      report.faults.push_back(fault_at(diagnostic_id::output_not_writable, file.shown,
                                       "the file in the place of the output cannot be read"));
    } else if (before && !banner_header(*before)) {
      report.faults.push_back(fault_at(diagnostic_id::output_not_ours, file.shown,
                                       "smartasync-gen did not write this file and does not "
                                       "overwrite it",
                                       "choose another place for the output, or delete the file"));
    } else if (!force && before == file.text) {
      report.unchanged.push_back(file.shown);
    } else {
      report.written.push_back(file.shown);
      changed.push_back({&file, target.string()});
    }
  }
  for (const auto& [file, kind] : records_) {
    if (auto fault = fault_of_record(file, kind)) {
      report.faults.push_back(std::move(*fault));
    } else {
      changed.push_back({&file, file.path});
    }
  }
  return report;
}

write_report file_set::rehearse(bool force) const {
  std::vector<placed> changed;
  return prepare(force, changed);
}

write_report file_set::write(bool force) const {
  std::vector<placed> changed;
  write_report report = prepare(force, changed);
  if (!report.faults.empty()) {
    return report;
  }
  staged_files staged;
  for (const placed& each : changed) {
    if (auto why = staged.add(each.target, each.file->text)) {
      report.faults.push_back(
          fault_at(diagnostic_id::output_not_writable, each.file->shown, std::move(*why)));
      return report;
    }
  }
  if (auto why = staged.publish()) {
    report.faults.push_back(fault_at(diagnostic_id::output_not_writable, {}, std::move(*why)));
  }
  return report;
}

}  // namespace smartasync::gen
