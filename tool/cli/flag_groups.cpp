// SPDX-License-Identifier: MIT
#include "cli/flag_groups.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "cli/compile_commands.hpp"
#include "cli/flags.hpp"
#include "cli/plan.hpp"
#include "cli/query_driver.hpp"
#include "output/text_file.hpp"

namespace smartasync::gen {

namespace fs = std::filesystem;

namespace {

using strings = std::vector<std::string>;

void append(strings& to, const strings& from) { to.insert(to.end(), from.begin(), from.end()); }

// The flags that are the same for all headers.
strings shared_flags(const options& given, const std::string& directory, reporter& report) {
  strings flags;
  if (!given.flags_file.empty()) {
    const std::optional<std::string> text = read_text(absolute_path(given.flags_file, directory));
    if (!text) {
      report.add({diagnostic_id::command_line,
                  {given.flags_file, 0, 0, {}},
                  "the file of compiler flags cannot be read",
                  {}});
      return {};
    }
    flags = lines_of_flags(*text);
  }
  append(flags, given.flags);
  append(flags, given.extra_arg);
  return absolute_flags(flags, directory);
}

strings nearest_flags(const compile_commands& commands, const std::string& header,
                      const reporter& report) {
  const compile_command& nearest = nearest_command(commands.entries, header);
  report.say(header + ": read with the flags of " + nearest.file);
  return absolute_flags(nearest.arguments, nearest.directory);
}

std::optional<compile_commands> commands_of(const options& given, const std::string& directory,
                                            reporter& report) {
  fs::path shown = given.build_dir;
  if (shown.filename() != "compile_commands.json") {
    shown /= "compile_commands.json";
  }
  const std::string path = absolute_path(shown.string(), directory);
  const std::optional<std::string> text = read_text(path);
  compile_commands commands;
  if (text) {
    commands = read_compile_commands(*text, path);
  } else {
    commands.fault = "there is no such file";
  }
  if (!commands.fault.empty()) {
    report.add({diagnostic_id::no_compile_command,
                {shown.string(), 0, 0, {}},
                commands.fault,
                {{{}, "CMake writes it where CMAKE_EXPORT_COMPILE_COMMANDS is ON"}}});
    return std::nullopt;
  }
  return commands;
}

}  // namespace

std::vector<flag_group> find_flag_groups(const options& given, const std::string& directory,
                                         reporter& report) {
  const strings shared = shared_flags(given, directory, report);
  std::optional<compile_commands> commands;
  if (!given.build_dir.empty()) {
    commands = commands_of(given, directory, report);
  }
  if (report.failed()) {
    return {};
  }
  std::vector<flag_group> groups;
  for (const std::string& header : given.headers) {
    std::error_code ignored;
    const std::string path = absolute_path(header, directory);
    const std::string& named = fs::exists(path, ignored) ? path : header;
    strings flags = commands ? nearest_flags(*commands, named, report) : strings();
    append(flags, shared);
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const flag_group& each) { return each.flags == flags; });
    if (group == groups.end()) {
      group = groups.insert(group, {{}, std::move(flags)});
    }
    group->headers.push_back(named);
  }
  if (given.query_driver.empty()) {
    return groups;
  }
  for (flag_group& group : groups) {
    driver_answer answer = query_driver(given.query_driver, group.flags);
    if (!answer.fault.empty()) {
      report.add({diagnostic_id::query_driver_failed,
                  {},
                  "cannot query '" + given.query_driver + "': " + answer.fault,
                  {}});
      return {};
    }
    append(answer.flags, group.flags);
    group.flags = std::move(answer.flags);
  }
  return groups;
}

}  // namespace smartasync::gen
