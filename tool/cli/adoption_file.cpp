// SPDX-License-Identifier: MIT
#include "cli/adoption_file.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"
#include "model/annotation_key.hpp"
#include "model/name_pattern.hpp"
#include "model/nearest_word.hpp"

namespace smartasync::gen {
namespace {

namespace yaml = llvm::yaml;

constexpr std::array<std::string_view, 10> rule_keys{
    "match", "exclude", "executor", "loop", "name", "kind", "serial", "debug", "borrow", "own"};

std::string quoted(std::string_view text) {
  std::string literal = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') literal += '\\';
    literal += c;
  }
  return literal + '"';
}

class adoption_reader {
 public:
  adoption_reader(const std::string& text, std::string shown, adoption& into,
                  std::vector<diagnostic>& faults)
      : shown_(std::move(shown)), into_(into), faults_(faults) {
    sources_.setDiagHandler(&adoption_reader::note_syntax, this);
    stream_.emplace(text, sources_);
  }

  void read() {
    auto document = stream_->begin();
    yaml::Node* root = document == stream_->end() ? nullptr : document->getRoot();
    auto* mapping = llvm::dyn_cast_or_null<yaml::MappingNode>(root);
    if (mapping == nullptr) {
      if (faults_.empty()) fail_form(root, "the file is no mapping");
      return;
    }
    const std::size_t rules_before = into_.rules.size();
    std::set<std::string> seen;
    for (yaml::KeyValueNode& pair : *mapping) {
      const std::string key = text_of(pair.getKey()).value_or("");
      auto* list = llvm::dyn_cast_or_null<yaml::SequenceNode>(pair.getValue());
      if (key != "adopt") {
        fail(diagnostic_id::adoption_unknown_key, pair.getKey(), "there is no key '" + key + "'",
             "the file holds one list, `adopt`");
        if (pair.getValue() != nullptr) pair.getValue()->skip();
      } else if (list == nullptr) {
        fail_form(pair.getKey(), "`adopt` is no list");
      } else if (is_first(seen, pair)) {
        for (yaml::Node& each : *list) read_rule(each);
      }
    }
    if (faults_.empty() && into_.rules.size() == rules_before) {
      fail_form(root, "the file adopts nothing");
    }
    if (!stream_->failed() && ++document != stream_->end()) {
      fail_form(document->getRoot(), "only the first document of the file would be read");
    }
  }

 private:
  static void note_syntax(const llvm::SMDiagnostic& message, void* self) {
    auto& reader = *static_cast<adoption_reader*>(self);
    reader.faults_.push_back({diagnostic_id::adoption_file,
                              {reader.shown_,
                               static_cast<unsigned>(std::max(message.getLineNo(), 0)),
                               static_cast<unsigned>(message.getColumnNo() + 1),
                               {}},
                              "this is no YAML: " + message.getMessage().str(),
                              {}});
  }

  source_position position(const yaml::Node* node) const {
    source_position where;
    where.file = shown_;
    if (node != nullptr && node->getSourceRange().isValid()) {
      const auto [line, column] = sources_.getLineAndColumn(node->getSourceRange().Start);
      where.line = line;
      where.column = column;
    }
    return where;
  }

  void fail(diagnostic_id id, const yaml::Node* where, std::string message, std::string remedy) {
    if (stream_->failed()) return;  // what follows from bad syntax is no finding of its own
    faults_.push_back({id, position(where), std::move(message), {{{}, std::move(remedy)}}});
  }

  void fail_form(const yaml::Node* where, std::string message) {
    fail(diagnostic_id::adoption_file, where, std::move(message),
         "it looks like `adopt: [{match: \"db::open\", executor: \"db\"}]`");
  }

  /// A key that stands in its mapping twice is a fault; YAML readers differ on which one counts.
  bool is_first(std::set<std::string>& seen, yaml::KeyValueNode& pair) {
    const std::string key = text_of(pair.getKey()).value_or("");
    if (seen.insert(key).second) return true;
    fail_form(pair.getKey(), "`" + key + "` is given twice");
    if (pair.getValue() != nullptr) pair.getValue()->skip();
    return false;
  }

  static std::optional<std::string> text_of(yaml::Node* node) {
    if (auto* block = llvm::dyn_cast_or_null<yaml::BlockScalarNode>(node)) {
      return block->getValue().rtrim('\n').str();
    }
    auto* scalar = llvm::dyn_cast_or_null<yaml::ScalarNode>(node);
    if (scalar == nullptr) return std::nullopt;
    llvm::SmallString<64> storage;
    return scalar->getValue(storage).str();
  }

  /// A text, or a list of them.
  std::vector<std::pair<std::string, source_position>> texts_of(yaml::KeyValueNode& pair) {
    yaml::Node* node = pair.getValue();
    const std::string key = text_of(pair.getKey()).value_or("");
    std::vector<std::pair<std::string, source_position>> texts;
    if (auto* list = llvm::dyn_cast_or_null<yaml::SequenceNode>(node)) {
      for (yaml::Node& each : *list) {
        if (const auto text = text_of(&each)) {
          texts.emplace_back(*text, position(&each));
        } else {
          fail_form(&each, "`" + key + "` is a text or a list of texts");
          each.skip();
        }
      }
    } else if (const auto text = text_of(node)) {
      texts.emplace_back(*text, position(node));
    } else {
      // Nothing, and an alias, have no place of their own.
      const bool is_placed = llvm::isa_and_nonnull<yaml::MappingNode>(node);
      fail_form(is_placed ? node : pair.getKey(), "`" + key + "` is a text or a list of texts");
      if (node != nullptr) node->skip();
    }
    return texts;
  }

  void read_rule(yaml::Node& node) {
    auto* mapping = llvm::dyn_cast<yaml::MappingNode>(&node);
    if (mapping == nullptr) {
      fail_form(&node, "a rule is a mapping");
      node.skip();
      return;
    }
    const std::size_t faults_before = faults_.size();
    adoption_rule rule;
    std::vector<std::string> arguments;
    std::set<std::string> seen;
    for (yaml::KeyValueNode& pair : *mapping) {
      const std::string key = text_of(pair.getKey()).value_or("");
      if (!is_first(seen, pair)) continue;
      if (key == "match") {
        rule.where = position(pair.getValue());
        rule.names = read_names(pair, &rule.match);
      } else if (key == "exclude") {
        rule.exclude = read_names(pair, nullptr);
      } else if (std::find(rule_keys.begin(), rule_keys.end(), key) == rule_keys.end()) {
        unknown_key(pair.getKey(), key);
        if (pair.getValue() != nullptr) pair.getValue()->skip();
      } else {
        read_argument(arguments, pair);
      }
    }
    if (rule.match.empty() && faults_.size() == faults_before) {
      fail_form(&node, "the rule has no `match`");
    }
    // Rules that say the same in another order do not disagree.
    std::sort(arguments.begin(), arguments.end());
    for (const std::string& each : arguments) {
      rule.marks_text += (rule.marks_text.empty() ? "" : ", ") + each;
    }
    if (faults_.size() == faults_before) {
      rule.marks = parse_annotation(rule.marks_text).value;
      into_.rules.push_back(std::move(rule));
    }
  }

  /// The names that patterns stand for; `written` gets the patterns as they are.
  std::vector<std::string> read_names(yaml::KeyValueNode& pair, std::string* written) {
    std::vector<std::string> names;
    for (auto& [text, place] : texts_of(pair)) {
      if (!is_name_pattern(text)) {
        faults_.push_back({diagnostic_id::adoption_file,
                           place,
                           "'" + text + "' names no function and no class",
                           {{{},
                             "it takes a qualified name, with `*` and `{a,b}`: "
                             "\"SQLite::Database::{exec,tryExec}\""}}});
      }
      if (written != nullptr) *written += (written->empty() ? "" : ", ") + text;
      for (std::string& one : expand_braces(text)) names.push_back(std::move(one));
    }
    return names;
  }

  /// One key of the attribute, checked as the attribute would be.
  void read_argument(std::vector<std::string>& arguments, yaml::KeyValueNode& pair) {
    const std::string key = *text_of(pair.getKey());
    const source_position where = position(pair.getKey());
    yaml::Node* node = pair.getValue();
    const annotation_key* known = find_annotation_key(key);
    const std::optional<std::string> single = text_of(node);
    const bool may_be_flag =
        known->type == value_type::flag || known->type == value_type::text_or_flag;
    if (may_be_flag && single && (*single == "true" || *single == "false")) {
      if (*single == "true") check(arguments, key, where);
      return;
    }
    if (known->type == value_type::flag) {
      faults_.push_back({diagnostic_id::adoption_file,
                         where,
                         "`" + key + "` is true or false",
                         {{{}, "write `" + key + ": true`"}}});
      if (node != nullptr) node->skip();
      return;
    }
    const auto values = texts_of(pair);
    if (values.size() > 1 && !known->repeatable) {
      fail_form(node, "`" + key + "` takes one text");
      return;
    }
    for (const auto& [text, place] : values) {
      check(arguments, key + " = " + (known->type == value_type::word ? text : quoted(text)),
            place);
    }
  }

  void check(std::vector<std::string>& arguments, const std::string& argument,
             const source_position& where) {
    for (const annotation_fault& fault : parse_annotation(argument).faults) {
      diagnostic found{fault.id, where, fault.message, {}};
      if (!fault.remedy.empty()) found.notes.push_back({{}, fault.remedy});
      faults_.push_back(std::move(found));
    }
    arguments.push_back(argument);
  }

  void unknown_key(const yaml::Node* where, const std::string& key) {
    const auto nearest = nearest_word(key, rule_keys);
    fail(diagnostic_id::adoption_unknown_key, where, "there is no key '" + key + "'",
         nearest ? "did you mean '" + std::string(*nearest) + "'?"
                 : "the keys are match, exclude, and those of the attribute");
  }

  std::string shown_;
  adoption& into_;
  std::vector<diagnostic>& faults_;
  llvm::SourceMgr sources_;
  std::optional<yaml::Stream> stream_;
};

}  // namespace

void read_adoption(const std::string& text, const std::string& shown, adoption& into,
                   std::vector<diagnostic>& faults) {
  std::vector<diagnostic> own;
  adoption_reader(text, shown, into, own).read();
  faults.insert(faults.end(), own.begin(), own.end());
}

void read_adoption_file(const std::string& path, const std::string& shown, adoption& into,
                        std::vector<diagnostic>& faults) {
  const auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer) {
    faults.push_back({diagnostic_id::adoption_file,
                      {shown, 0, 0, {}},
                      "the adoption file cannot be read: " + buffer.getError().message(),
                      {}});
    return;
  }
  read_adoption((*buffer)->getBuffer().str(), shown, into, faults);
}

}  // namespace smartasync::gen
