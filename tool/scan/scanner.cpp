// SPDX-License-Identifier: MIT
#include "scan/scanner.hpp"

#include <clang/Basic/Version.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "scan/attribute.hpp"
#include "scan/compiler_flags.hpp"
#include "scan/header_lookup.hpp"
#include "scan/header_reader.hpp"
#include "scan/invocation.hpp"
#include "scan/probe.hpp"
#include "scan/word_search.hpp"

namespace smartasync::gen {
namespace {

auto sort_key(const diagnostic& finding) {
  const source_position& where = finding.where;
  return std::tie(where.file, where.line, where.column, finding.id, finding.message);
}

// Clang's own time for a translation unit grows faster than the unit: friends that every instance
// of a template of the standard library declares in std are compared with all that are there. More
// headers than these are read in several units, so that time and memory stay in proportion.
constexpr std::size_t headers_at_once = 200;

// An #include has no escapes.
bool can_be_included(const found_header& header) {
  constexpr const char* never = "\"\n\r";
  const std::string& name = header.include_name;
  return header.path.find_first_of(never) == std::string::npos &&
         name.find_first_of(never) == std::string::npos &&
         !(header.angled && name.find('>') != std::string::npos);
}

// One scan from the request to the result.
class scan_run {
 public:
  explicit scan_run(const scan_request& request)
      : request_(request), adopted_(request.adopted == nullptr ? adoption() : *request.adopted) {}

  scan_result run() {
    const std::string resource_dir =
        request_.resource_dir.empty() ? SMARTASYNC_CLANG_RESOURCE_DIR : request_.resource_dir;
    if (!llvm::sys::fs::exists(resource_dir + "/include/stddef.h")) {
      fail({diagnostic_id::resource_dir_not_found,
            {},
            "'" + resource_dir + "' has no include/stddef.h",
            {{{}, "name Clang's resource directory with --resource-dir"}}});
      return std::move(result_);
    }
    register_attribute();
    const probe_result probe = probe_flags(resource_dir);
    for (const diagnostic& fault : probe.faults) {
      fail(fault);
    }
    if (!probe.faults.empty()) {
      return std::move(result_);
    }
    find_headers(probe.directories);
    if (result_.diagnostics.empty()) {
      leave_out_silent_ones(probe.directories);
      for (std::size_t begin = 0; begin < headers_.size(); begin += headers_at_once) {
        const auto first = headers_.begin() + static_cast<std::ptrdiff_t>(begin);
        const std::size_t count = std::min(headers_at_once, headers_.size() - begin);
        read_together({first, first + static_cast<std::ptrdiff_t>(count)});
      }
    }
    finish();
    return std::move(result_);
  }

 private:
  void fail(diagnostic fault) {
    result_.environment_failed = true;
    result_.diagnostics.push_back(std::move(fault));
  }

  // GCC has values of flags that Clang does not take. What fails when it is given alone is left
  // out.
  probe_result probe_flags(const std::string& resource_dir) {
    compiler_flags flags = clean_flags(request_.flags);
    const auto probed = [&](const compiler_flags& some) {
      result_.command = compiler_command(some, resource_dir, main_file);
      return probe_compiler(result_.command, request_.working_directory);
    };
    probe_result probe = probed(flags);
    if (!probe.faults.empty()) {
      const auto unusable = std::stable_partition(
          flags.kept.begin(), flags.kept.end(), [&](const compiler_flag& flag) {
            return !flag.is_optional || probed({{flag}, {}}).faults.empty();
          });
      for (auto flag = unusable; flag != flags.kept.end(); ++flag) {
        flags.dropped.push_back(llvm::join(flag->arguments, " "));
      }
      flags.kept.erase(unusable, flags.kept.end());
      probe = probed(flags);
    }
    result_.dropped_flags = std::move(flags.dropped);
    return probe;
  }

  void find_headers(const std::vector<include_directory>& directories) {
    std::set<std::string> known;
    for (const std::string& given : request_.headers) {
      std::optional<found_header> header =
          find_header(given, directories, request_.working_directory);
      if (!header) {
        source_position where;
        where.file = given;
        fail({diagnostic_id::header_not_found,
              std::move(where),
              "there is no header '" + given + "'",
              {{{}, "name it by its path, or as one includes it"}}});
      } else if (!can_be_included(*header)) {
        source_position where;
        where.file = given;
        fail({diagnostic_id::header_not_found,
              std::move(where),
              "the name of this header cannot stand in an #include",
              {{{},
                "rename it, or a directory on its path: no quotes, angle brackets or line ends"}}});
      } else if (known.insert(header->real_path).second) {
        names_[header->real_path] = header->shown;
        headers_.push_back(std::move(*header));
      }
    }
    std::sort(headers_.begin(), headers_.end(), [](const auto& left, const auto& right) {
      return std::tie(left.include_name, left.path) < std::tie(right.include_name, right.path);
    });
  }

  void leave_out_silent_ones(const std::vector<include_directory>& directories) {
    if (!adopted_.rules.empty() || !say_nothing(request_.flags)) {
      return;
    }
    std::vector<found_header> parsed;
    for (found_header& header : headers_) {
      if (auto files = files_without_word(header, directories)) {
        unit empty{header.path, header.include_name, header.angled, {}, {}, std::move(*files)};
        result_.not_parsed.push_back(header.include_name);
        check_emptiness(header, empty);
        result_.units.push_back(std::move(empty));
      } else {
        parsed.push_back(std::move(header));
      }
    }
    headers_ = std::move(parsed);
  }

  // Headers with errors, and those that depend on what came before them, are read again alone. The
  // others stand if there was no error, which may have hidden something of theirs.
  void read_together(std::vector<found_header> group) {
    while (!group.empty()) {
      reading read = read_headers(group, result_.command, request_.working_directory, names_,
                                  adopted_, request_.namespaces);
      std::vector<found_header> rest;
      std::vector<found_header> alone;
      for (std::size_t i = 0; i < group.size(); ++i) {
        const bool has_errors = !read.headers[i].errors.empty();
        if (has_errors || (!read.has_errors && read.headers[i].depends_on_neighbours)) {
          alone.push_back(group[i]);
        } else if (read.has_errors) {
          rest.push_back(group[i]);
        } else {
          take(group[i], std::move(read.headers[i]));
        }
      }
      if (group.size() == 1 || (alone.empty() && !rest.empty())) {
        take_faults(read, group, alone.empty() ? rest : alone);
        return;
      }
      for (const found_header& header : alone) {
        result_.read_alone.push_back(header.include_name);
        read_alone(header);
      }
      group = std::move(rest);
    }
  }

  void read_alone(const found_header& header) {
    reading read = read_headers({header}, result_.command, request_.working_directory, names_,
                                adopted_, request_.namespaces);
    take_faults(read, {header}, {header});
  }

  // The end of a reading that cannot be divided any further.
  void take_faults(reading& read, const std::vector<found_header>& group,
                   const std::vector<found_header>& left) {
    add(read.faults);
    for (const diagnostic& fault : read.faults) {
      result_.environment_failed =
          result_.environment_failed || fault.id == diagnostic_id::compiler_flags;
    }
    if (!read.has_errors) {
      for (std::size_t i = 0; i < group.size(); ++i) {
        const bool is_left = std::any_of(left.begin(), left.end(), [&](const found_header& one) {
          return one.real_path == group[i].real_path;
        });
        if (is_left) {
          take(group[i], std::move(read.headers[i]));
        }
      }
      return;
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
      header_reading& header = read.headers[i];
      const bool is_misplaced = std::any_of(
          header.errors.begin(), header.errors.end(),
          [](const diagnostic& one) { return one.id == diagnostic_id::attribute_misplaced; });
      if (!header.errors.empty() && !is_misplaced) {
        result_.diagnostics.push_back(
            {diagnostic_id::header_not_self_contained,
             whole_file(group[i]),
             "'" + group[i].include_name + "' does not compile when it is included alone",
             {}});
      }
      add(header.errors);
      add(header.findings);
    }
  }

  void take(const found_header& header, header_reading&& read) {
    add(read.findings);
    result_.adopted.insert(read.adopted.begin(), read.adopted.end());
    read.content.header = header.path;
    if (!has_error(read.findings)) {
      check_emptiness(header, read.content);
      result_.units.push_back(std::move(read.content));
    }
  }

  void add(const std::vector<diagnostic>& findings) {
    result_.diagnostics.insert(result_.diagnostics.end(), findings.begin(), findings.end());
  }

  void check_emptiness(const found_header& header, const unit& content) {
    if (!content.items.empty() || request_.allow_empty) {
      return;
    }
    result_.diagnostics.push_back(
        {diagnostic_id::no_functions_found,
         whole_file(header),
         "'" + header.include_name + "' holds no annotated function",
         {{{},
           "put [[smartasync]] before a function, adopt one, or allow it with --allow-empty"}}});
  }

  static source_position whole_file(const found_header& header) {
    source_position where;
    where.file = header.shown;
    return where;
  }

  void finish() {
    std::sort(result_.units.begin(), result_.units.end(), [](const unit& left, const unit& right) {
      return std::tie(left.include_name, left.header) < std::tie(right.include_name, right.header);
    });
    std::sort(result_.read_alone.begin(), result_.read_alone.end());
    auto& findings = result_.diagnostics;
    std::sort(findings.begin(), findings.end(),
              [](const auto& left, const auto& right) { return sort_key(left) < sort_key(right); });
    // One error in what several headers include is one finding.
    const auto is_same = [](const diagnostic& left, const diagnostic& right) {
      return sort_key(left) == sort_key(right);
    };
    findings.erase(std::unique(findings.begin(), findings.end(), is_same), findings.end());
  }

  const scan_request& request_;
  const adoption adopted_;
  scan_result result_;
  shown_names names_;
  std::vector<found_header> headers_;
};

}  // namespace

scan_result scan_headers(const scan_request& request) { return scan_run(request).run(); }

std::string clang_version() { return CLANG_VERSION_STRING; }

}  // namespace smartasync::gen
