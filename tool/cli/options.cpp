// SPDX-License-Identifier: MIT
#include "cli/options.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <utility>

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/StringSaver.h"
#include "model/nearest_word.hpp"

namespace smartasync::gen {
namespace {

// Where the value of an option goes; exactly one member is set.
struct option_rule {
  std::string_view names;
  bool options::* flag = nullptr;
  std::string options::* value = nullptr;
  std::vector<std::string> options::* list = nullptr;

  bool takes_value() const { return value != nullptr || list != nullptr; }
};

constexpr option_rule option_rules[] = {
#define SMARTASYNC_FLAG(member, names, help) {names, &options::member, nullptr, nullptr},
#define SMARTASYNC_VALUE(member, names, value, help) {names, nullptr, &options::member, nullptr},
#define SMARTASYNC_LIST(member, names, value, help) {names, nullptr, nullptr, &options::member},
#include "cli/options.def"
#undef SMARTASYNC_FLAG
#undef SMARTASYNC_VALUE
#undef SMARTASYNC_LIST
};

template <typename Visit>
void for_each_name(Visit visit) {
  for (const option_rule& rule : option_rules) {
    for (std::string_view names = rule.names; !names.empty();) {
      const std::size_t end = std::min(names.find(' '), names.size());
      visit(rule, names.substr(0, end));
      names.remove_prefix(std::min(end + 1, names.size()));
    }
  }
}

class parser {
 public:
  explicit parser(const std::vector<std::string>& arguments)
      : next_(arguments.begin()), end_(arguments.end()) {
    while (next_ != end_ && *next_ != "--") {
      take(*next_++);
    }
    if (next_ != end_) {
      result_.value.flags.assign(next_ + 1, end_);
    }
  }

  parsed_options take_result() { return std::move(result_); }

 private:
  void fault(std::string message, std::string remedy = "smartasync-gen --help lists the options") {
    result_.faults.push_back(
        {diagnostic_id::command_line, {}, std::move(message), {{{}, std::move(remedy)}}});
  }

  void take(std::string_view argument) {
    if (argument.starts_with('@')) {
      fault("there is no response file '" + std::string(argument.substr(1)) + "'",
            "write './" + std::string(argument) + "' for a header of that name");
    } else if (argument.size() < 2 || argument[0] != '-') {
      result_.value.headers.emplace_back(argument);
    } else {
      take_option(argument);
    }
  }

  void take_option(std::string_view argument) {
    const bool is_long = argument.starts_with("--");
    const std::size_t mark = is_long ? argument.find('=') : 2;
    const std::string_view name = argument.substr(0, std::min(mark, argument.size()));
    const bool has_value = mark < argument.size();
    std::string_view value = has_value ? argument.substr(mark) : std::string_view();
    if (value.starts_with('=')) {
      value.remove_prefix(1);
    }
    const option_rule* found = nullptr;
    for_each_name([&](const option_rule& rule, std::string_view known) {
      found = known == name ? &rule : found;
    });
    if (found == nullptr) {
      unknown(is_long ? name : argument);
    } else if (found->takes_value()) {
      if (!has_value && (next_ == end_ || *next_ == "--")) {
        fault("'" + std::string(name) + "' needs a value");
      } else {
        store(*found, name, has_value ? std::string(value) : *next_++);
      }
    } else if (has_value) {
      fault("'" + std::string(name) + "' takes no value");
    } else {
      result_.value.*found->flag = true;
    }
  }

  void store(const option_rule& rule, std::string_view name, std::string value) {
    if (value.empty()) {
      fault("the value of '" + std::string(name) + "' is empty");
    } else if (rule.list != nullptr) {
      (result_.value.*rule.list).push_back(std::move(value));
    } else if (std::string& kept = result_.value.*rule.value; !kept.empty() && kept != value) {
      fault("'" + std::string(name) + "' is given twice, as '" + kept + "' and as '" + value + "'");
    } else {
      kept = std::move(value);
    }
  }

  void unknown(std::string_view name) {
    std::vector<std::string_view> words;
    for_each_name([&](const option_rule&, std::string_view known) {
      if (known.starts_with("--")) {
        words.push_back(known);
      }
    });
    const auto nearest = nearest_word(name, words);
    if (!nearest) {
      fault("there is no option '" + std::string(name) + "'",
            "compiler flags follow '--'; smartasync-gen --help lists the options");
    } else {
      fault("there is no option '" + std::string(name) + "'",
            "did you mean '" + std::string(*nearest) + "'?");
    }
  }

  parsed_options result_;
  std::vector<std::string>::const_iterator next_;
  std::vector<std::string>::const_iterator end_;
};

void find_conflicts(parsed_options& parsed) {
  const options& given = parsed.value;
  const auto fault = [&](bool wrong, std::string message, std::string remedy) {
    if (wrong) {
      parsed.faults.push_back(
          {diagnostic_id::command_line, {}, std::move(message), {{{}, std::move(remedy)}}});
    }
  };
  fault(given.headers.empty(), "no header is given",
        "smartasync-gen [options] HEADER... [-- COMPILER-FLAGS]; --help says more");
  fault(!given.output.empty() && !given.output_dir.empty(),
        "'-o' and '--output-dir' exclude each other",
        "-o is for one header, --output-dir for many");
  fault(
      given.output.empty() && given.output_dir.empty() && !given.dump_command && !given.dump_model,
      "nothing says where the output goes", "use -o FILE or --output-dir DIR");
  fault(!given.output.empty() && given.headers.size() > 1, "'-o' is for one header",
        "use --output-dir DIR");
  fault(given.check && (given.force_write || given.dry_run),
        "'--check' excludes '--force-write' and '--dry-run'", "'--check' writes nothing at all");
  fault(given.check && (!given.depfile.empty() || !given.stamp.empty()),
        "'--check' excludes '--depfile' and '--stamp'", "'--check' writes nothing at all");
  fault(given.depfile.empty() && !given.depfile_target.empty(),
        "'--depfile-target' is given without '--depfile'", "add --depfile=FILE");
  fault(given.keep_orphans && (!given.check || given.output_dir.empty()),
        "'--keep-orphans' is given without '--check' or without '--output-dir'",
        "orphaned outputs are looked for by '--check' in the output directory alone");
  fault(given.quiet && given.verbose, "'--quiet' and '--verbose' exclude each other",
        "give one of them");
  fault(!given.diagnostics_format.empty() && given.diagnostics_format != "text" &&
            given.diagnostics_format != "github",
        "there is no diagnostics format '" + given.diagnostics_format + "'",
        "the formats are 'text' and 'github'");
}

}  // namespace

parsed_options parse_options(const std::vector<std::string>& arguments) {
  parsed_options parsed = parser(arguments).take_result();
  if (parsed.faults.empty() && !parsed.value.help && !parsed.value.version) {
    find_conflicts(parsed);
  }
  return parsed;
}

std::vector<std::string> expand_response_files(const std::vector<std::string>& arguments) {
  llvm::BumpPtrAllocator allocator;
  llvm::StringSaver saver(allocator);
  llvm::SmallVector<const char*, 32> texts;
  for (const std::string& argument : arguments) {
    texts.push_back(argument.c_str());
  }
  llvm::cl::ExpandResponseFiles(saver, llvm::cl::TokenizeGNUCommandLine, texts);
  return {texts.begin(), texts.end()};
}

}  // namespace smartasync::gen
