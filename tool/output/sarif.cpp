// SPDX-License-Identifier: MIT
#include "output/sarif.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace smartasync::gen {
namespace {

using llvm::json::Array;
using llvm::json::Object;

llvm::StringRef ref(std::string_view text) { return {text.data(), text.size()}; }

// JSON holds Unicode alone, a path or a source line any bytes.
Object message(std::string_view text) { return Object{{"text", llvm::json::fixUTF8(ref(text))}}; }

llvm::StringRef level_name(severity level) {
  switch (level) {
    case severity::error:
      return "error";
    case severity::warning:
      return "warning";
    case severity::note:
      break;
  }
  return "note";
}

// A URI reference: what is not plain is written as its bytes.
std::string uri_of(std::string_view path) {
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (llvm::isAlnum(c) || std::string_view("/.-_~+@=,()").find(c) != std::string_view::npos) {
      uri += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      uri += '%';
      uri += llvm::hexdigit(byte >> 4);
      uri += llvm::hexdigit(byte & 15);
    }
  }
  return uri;
}

// Our columns count bytes, those of the log code points.
unsigned code_point_column(const source_position& where) {
  unsigned column = 1;
  for (std::size_t i = 0; i + 1 < where.column; ++i) {
    const bool continues = i < where.line_text.size() && (where.line_text[i] & 0xc0) == 0x80;
    column += continues ? 0 : 1;
  }
  return column;
}

Object location(const source_position& where) {
  Object physical{{"artifactLocation", Object{{"uri", uri_of(where.file)}}}};
  if (where.line != 0) {
    Object region{{"startLine", where.line}};
    if (where.column != 0) {
      region["startColumn"] = code_point_column(where);
    }
    physical["region"] = std::move(region);
  }
  return Object{{"physicalLocation", std::move(physical)}};
}

Object result_of(const diagnostic& finding, std::size_t rule) {
  Object result{{"ruleId", ref(diagnostic_name(finding.id))},
                {"ruleIndex", static_cast<std::int64_t>(rule)},
                {"level", level_name(diagnostic_severity(finding.id))}};
  std::string text = finding.message;
  Array related;
  for (const diagnostic_note& note : finding.notes) {
    if (note.where.file.empty()) {
      text += "\n" + note.message;
    } else {
      Object place = location(note.where);
      place["message"] = message(note.message);
      related.push_back(std::move(place));
    }
  }
  result["message"] = message(text);
  if (!finding.where.file.empty()) {
    result["locations"] = Array{location(finding.where)};
  }
  if (!related.empty()) {
    result["relatedLocations"] = std::move(related);
  }
  return result;
}

}  // namespace

std::string sarif_text(const std::vector<diagnostic>& findings, std::string_view tool_version) {
  std::map<diagnostic_id, std::size_t> rule_of;
  Array rules;
  Array results;
  for (const diagnostic& finding : findings) {
    const auto [rule, is_new] = rule_of.emplace(finding.id, rule_of.size());
    if (is_new) {
      rules.push_back(Object{{"id", ref(diagnostic_name(finding.id))},
                             {"shortDescription", message(diagnostic_summary(finding.id))},
                             {"defaultConfiguration",
                              Object{{"level", level_name(diagnostic_severity(finding.id))}}}});
    }
    results.push_back(result_of(finding, rule->second));
  }
  Object driver{{"name", "smartasync-gen"}, {"version", ref(tool_version)}};
  driver["rules"] = std::move(rules);
  Object run{{"tool", Object{{"driver", std::move(driver)}}},
             {"columnKind", "unicodeCodePoints"},
             {"results", std::move(results)}};
  llvm::json::Value log = Object{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                                 {"version", "2.1.0"},
                                 {"runs", Array{std::move(run)}}};
  std::string text;
  llvm::raw_string_ostream(text) << llvm::formatv("{0:2}", log) << '\n';
  return text;
}

}  // namespace smartasync::gen
