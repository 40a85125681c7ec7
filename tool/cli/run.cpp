// SPDX-License-Identifier: MIT
#include "cli/run.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <system_error>
#include <tuple>
#include <utility>

#include "cli/adoption_file.hpp"
#include "cli/flag_groups.hpp"
#include "cli/help_text.hpp"
#include "cli/notes.hpp"
#include "cli/options.hpp"
#include "cli/plan.hpp"
#include "cli/publish.hpp"
#include "cli/reporter.hpp"
#include "emit/header_text.hpp"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"
#include "model/adoption.hpp"
#include "model/namespace_map.hpp"
#include "model/rules.hpp"
#include "output/manifest.hpp"
#include "scan/scanner.hpp"

namespace smartasync::gen {

namespace fs = std::filesystem;

namespace {

// Empty where something goes wrong, which is reported.
namespace_map read_namespace_map(const options& given, reporter& report) {
  std::vector<namespace_rule> rules;
  for (const std::string& text : given.namespace_map) {
    const std::optional<namespace_rule> rule = parse_namespace_rule(text);
    if (!rule) {
      report.add({diagnostic_id::command_line,
                  {},
                  "'--namespace-map=" + text + "' cannot be read",
                  {{{}, "it takes FROM=TO, as in '--namespace-map=shop::impl=shop'"}}});
      return {};
    }
    rules.push_back(*rule);
  }
  return namespace_map(std::move(rules));
}

std::string quoted_command(const std::vector<std::string>& command) {
  std::string text;
  for (const std::string& argument : command) {
    text += text.empty() ? "" : " ";
    if (argument.find_first_of(" \t\n\"'\\$`()<>|&;*?[]#~!{}") == std::string::npos &&
        !argument.empty()) {
      text += argument;
      continue;
    }
    text += '\'';
    for (const char c : argument) {
      text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    text += '\'';
  }
  return text;
}

adoption read_adoptions(const options& given, const std::string& directory, reporter& report) {
  adoption adopted;
  std::vector<diagnostic> faults;
  for (const std::string& file : given.adopt) {
    read_adoption_file(absolute_path(file, directory), file, adopted, faults);
  }
  report.add(faults);
  return adopted;
}

// That a header holds nothing is often said best by the rule that was to select something.
bool is_read(const scan_result& scanned) {
  return std::all_of(scanned.diagnostics.begin(), scanned.diagnostics.end(),
                     [](const diagnostic& one) {
                       return one.id == diagnostic_id::no_functions_found ||
                              diagnostic_severity(one.id) != severity::error;
                     });
}

// A name that nothing in the headers has is a mistake, or has moved.
void report_unused(const adoption& adopted, const scan_result& scanned, reporter& report) {
  for (std::size_t i = 0; i < adopted.rules.size(); ++i) {
    const adoption_rule& rule = adopted.rules[i];
    for (std::size_t j = 0; j < rule.names.size(); ++j) {
      if (!scanned.adopted.contains({i, j})) {
        report.add({diagnostic_id::adoption_no_match,
                    rule.where,
                    "'" + rule.names[j] + "' selects nothing in the headers of this run",
                    {{{},
                      "name what they declare, qualified from the global namespace; what they "
                      "only include has to be named as a header of its own"}}});
      }
    }
  }
}

// What all groups of headers hold together.
scan_result scan_groups(const std::vector<flag_group>& groups, const options& given,
                        const namespace_map& namespaces, const adoption& adopted,
                        const std::string& directory, const reporter& report) {
  scan_result all;
  for (const flag_group& group : groups) {
    scan_request request;
    request.headers = group.headers;
    request.flags = group.flags;
    request.working_directory = directory;
    request.namespaces = namespaces;
    request.adopted = &adopted;
    request.allow_empty = given.allow_empty;
    if (!given.resource_dir.empty()) {
      request.resource_dir = absolute_path(given.resource_dir, directory);
    }
    scan_result one = scan_headers(request);
    std::move(one.units.begin(), one.units.end(), std::back_inserter(all.units));
    std::move(one.diagnostics.begin(), one.diagnostics.end(), std::back_inserter(all.diagnostics));
    all.adopted.insert(one.adopted.begin(), one.adopted.end());
    all.environment_failed = all.environment_failed || one.environment_failed;
    if (given.dump_command) {
      llvm::outs() << quoted_command(one.command) << '\n';
    }
    report.say("compiler command: " + quoted_command(one.command));
    for (const std::string& header : one.not_parsed) {
      report.say(header + ": not parsed, it never says smartasync");
    }
    for (const std::string& header : one.read_alone) {
      report.say(header + ": read alone, it does not stand beside the others");
    }
    for (const std::string& flag : one.dropped_flags) {
      report.say("compiler flag left out: " + flag);
    }
  }
  std::sort(all.units.begin(), all.units.end(), [](const unit& left, const unit& right) {
    return std::tie(left.include_name, left.header) < std::tie(right.include_name, right.header);
  });
  return all;
}

exit_status generate(const options& given, const std::string& directory, reporter& report) {
  const namespace_map namespaces = read_namespace_map(given, report);
  const adoption adopted = read_adoptions(given, directory, report);
  const std::vector<flag_group> groups = find_flag_groups(given, directory, report);
  if (report.failed()) {
    return exit_status::environment_error;
  }
  for (const std::string& header : given.headers) {
    report.name_as(absolute_path(header, directory), header);
  }
  const scan_result scanned = scan_groups(groups, given, namespaces, adopted, directory, report);
  report.add(scanned.diagnostics);
  if (is_read(scanned)) {
    report_unused(adopted, scanned, report);
  }
  if (report.failed()) {
    return scanned.environment_failed ? exit_status::environment_error : exit_status::header_error;
  }
  if (given.dump_command) {
    return exit_status::well;
  }
  report.add(check_rules(scanned.units, namespaces));
  if (report.failed()) {
    return exit_status::header_error;
  }
  report.add(notes_about(scanned.units));
  if (given.dump_model) {
    llvm::outs() << manifest_text(scanned.units);
    return exit_status::well;
  }
  const run_plan plan = plan_outputs(given, scanned.units, directory);
  report.add(plan.faults);
  if (report.failed()) {
    return exit_status::environment_error;
  }
  std::vector<output_file> outputs;
  for (const planned_output& each : plan.outputs) {
    report.say(each.from->include_name +
               ": annotated functions: " + std::to_string(functions_of(*each.from).size()));
    outputs.push_back(
        {each.path, each.shown, header_text(*each.from, namespaces), each.from->include_name});
  }
  return given.check ? check_outputs(given, directory, scanned.units, outputs, report)
                     : write_outputs(given, directory, scanned.units, outputs, report);
}

}  // namespace

exit_status run(const std::vector<std::string>& arguments) {
  parsed_options parsed = parse_options(expand_response_files(arguments));
  const options& given = parsed.value;
  reporter report(given);
  report.add(parsed.faults);
  if (report.failed()) {
    return exit_status::environment_error;
  }
  if (given.help || given.version) {
    llvm::outs() << (given.help ? help_text() : version_text());
    return exit_status::well;
  }
  std::error_code error;
  const std::string directory = fs::current_path(error).string();
  if (error) {
    report.add({diagnostic_id::command_line,
                {},
                "the current directory cannot be read: " + error.message(),
                {}});
    return exit_status::environment_error;
  }
  if (!given.sarif.empty() && !can_write_sarif(given, directory, report)) {
    return exit_status::environment_error;
  }
  const exit_status status = generate(given, directory, report);
  return given.sarif.empty() ? status : write_sarif(given, directory, status, report);
}

}  // namespace smartasync::gen
