// SPDX-License-Identifier: MIT
#include "model/annotation.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "model/annotation_key.hpp"
#include "model/identifier.hpp"
#include "model/printable_text.hpp"
#include "model/tokenizer.hpp"

namespace smartasync::gen {
namespace {

std::string shown(const token& what) {
  switch (what.kind) {
    case token_kind::end:
      return "the end";
    case token_kind::string:
      return "a string";
    default:
      return is_printable_text(what.text) ? fmt::format("'{}'", what.text) : "a character";
  }
}

class parser {
 public:
  explicit parser(std::string_view text) : list_(tokenize(text)) {
    for (token_fault& fault : list_.faults) {
      fail(diagnostic_id::annotation_syntax, fault.offset, std::move(fault.message), "");
    }
  }

  annotation_result parse() {
    while (here().kind != token_kind::end) {
      read_argument();
      end_argument();
    }
    check_conflicts();
    std::stable_sort(
        result_.faults.begin(), result_.faults.end(),
        [](const auto& left, const auto& right) { return left.offset < right.offset; });
    return std::move(result_);
  }

 private:
  const token& here() const { return list_.tokens[at_]; }
  const token& next() const { return list_.tokens[std::min(at_ + 1, list_.tokens.size() - 1)]; }

  void fail(diagnostic_id id, std::size_t offset, std::string message, std::string remedy) {
    result_.faults.push_back({id, offset, std::move(message), std::move(remedy)});
  }

  void read_argument() {
    if (here().kind != token_kind::word) {
      fail(diagnostic_id::annotation_syntax, here().offset,
           fmt::format("a key was expected here, not {}", shown(here())),
           fmt::format("the keys are {}", all_annotation_keys()));
      skip_argument();
      return;
    }
    const token name = here();
    ++at_;
    const annotation_key* key = find_annotation_key(name.text);
    if (key == nullptr) {
      const std::string_view nearest = nearest_annotation_key(name.text);
      fail(diagnostic_id::annotation_unknown_key, name.offset,
           fmt::format("the attribute has no key '{}'", name.text),
           nearest.empty() ? fmt::format("the keys are {}", all_annotation_keys())
                           : fmt::format("did you mean '{}'?", nearest));
      skip_argument();
      return;
    }
    if (!key->repeatable && !seen_.insert(key->name).second) {
      fail(diagnostic_id::annotation_duplicate_key, name.offset,
           fmt::format("'{}' is given twice", key->name), "leave one of them out");
      skip_argument();
      return;
    }
    if (here().kind == token_kind::equals) {
      ++at_;
      read_value(*key);
    } else {
      read_flag(*key, name.offset);
    }
  }

  void read_flag(const annotation_key& key, std::size_t offset) {
    if (key.type == value_type::text || key.type == value_type::word) {
      fail(diagnostic_id::annotation_wrong_type, offset,
           fmt::format("'{}' needs a value", key.name), fmt::format("write {}", key.example));
    } else if (key.name == "serial") {
      result_.value.serial = true;
    } else if (key.name == "debug") {
      result_.value.debug = true;
    } else if (std::exchange(result_.value.borrow_all, true)) {
      fail(diagnostic_id::annotation_duplicate_key, offset,
           fmt::format("'{}' is given twice", key.name), "leave one of them out");
    }
  }

  void read_value(const annotation_key& key) {
    const token value = here();
    if (value.kind == token_kind::end || value.kind == token_kind::comma) {
      fail(diagnostic_id::annotation_syntax, value.offset,
           fmt::format("a value of '{}' was expected here", key.name),
           fmt::format("write {}", key.example));
      return;
    }
    if (key.type == value_type::flag) {
      fail(diagnostic_id::annotation_wrong_type, value.offset,
           fmt::format("'{}' is a flag and takes no value", key.name),
           fmt::format("write {}", key.example));
      skip_argument();
      return;
    }
    if (key.type == value_type::word) {
      read_kind(value);
      return;
    }
    if (value.kind != token_kind::string) {
      fail(diagnostic_id::annotation_wrong_type, value.offset,
           fmt::format("'{}' takes a string, not {}", key.name, shown(value)),
           value.kind == token_kind::word ? fmt::format("write {} = \"{}\"", key.name, value.text)
                                          : fmt::format("write {}", key.example));
      skip_argument();
      return;
    }
    ++at_;
    if (!value.broken) store_text(key, value);
  }

  void read_kind(const token& value) {
    if (value.kind == token_kind::word && value.text == "sync") {
      result_.value.kind = call_kind::sync;
    } else if (value.kind == token_kind::word && value.text == "async") {
      result_.value.kind = call_kind::async;
    } else {
      fail(diagnostic_id::annotation_wrong_type, value.offset,
           fmt::format("'kind' is sync or async, not {}", shown(value)),
           value.text == "async" ? "write kind = async" : "write kind = sync or kind = async");
      skip_argument();
      return;
    }
    ++at_;
  }

  void store_text(const annotation_key& key, const token& value) {
    if (value.text.empty()) {
      fail(diagnostic_id::annotation_bad_value, value.offset,
           fmt::format("the value of '{}' is empty", key.name),
           fmt::format("write {}", key.example));
    } else if (key.name == "name" && !is_identifier(value.text)) {
      fail(diagnostic_id::annotation_name_not_identifier, value.offset,
           is_keyword(value.text) ? fmt::format("'{}' is a keyword", value.text)
                                  : "a function cannot have this name",
           "a name is made of letters, digits and underscores, and is no keyword");
    } else if (!is_printable_text(value.text) ||
               value.text.find_first_of("\"'") != std::string::npos) {
      fail(diagnostic_id::annotation_bad_value, value.offset,
           fmt::format("the value of '{}' holds quotes, control characters or bytes that are not "
                       "UTF-8",
                       key.name),
           "use plain text");
    } else if (key.name == "borrow") {
      store_choice(result_.value.borrow, result_.value.own, key, value);
    } else if (key.name == "own") {
      store_choice(result_.value.own, result_.value.borrow, key, value);
    } else if (key.name == "executor") {
      result_.value.executor = value.text;
      result_.value.executor_offset = value.offset;
    } else if (key.name == "loop") {
      result_.value.loop = value.text;
      result_.value.loop_offset = value.offset;
    } else {
      result_.value.name = value.text;
      result_.value.name_offset = value.offset;
    }
  }

  void store_choice(std::vector<parameter_choice>& choices,
                    const std::vector<parameter_choice>& opposite, const annotation_key& key,
                    const token& value) {
    const auto names_it = [&](const parameter_choice& choice) {
      return choice.parameter == value.text;
    };
    if (std::any_of(choices.begin(), choices.end(), names_it)) {
      fail(diagnostic_id::annotation_duplicate_key, value.offset,
           fmt::format("'{} = \"{}\"' is given twice", key.name, value.text),
           "leave one of them out");
    } else if (std::any_of(opposite.begin(), opposite.end(), names_it)) {
      fail(diagnostic_id::annotation_conflict, value.offset,
           fmt::format("'{}' cannot be both borrowed and owned", value.text),
           "leave one of them out");
    } else {
      choices.push_back({value.text, value.offset});
    }
  }

  /// Goes to the comma that ends this argument; one inside of brackets does not.
  void skip_argument() {
    for (int depth = 0; here().kind != token_kind::end; ++at_) {
      if (here().kind == token_kind::comma && depth == 0) return;
      if (here().kind == token_kind::open) ++depth;
      if (here().kind == token_kind::close && depth > 0) --depth;
    }
  }

  void end_argument() {
    if (here().kind == token_kind::end) return;
    if (here().kind != token_kind::comma) {
      const bool next_argument = here().kind == token_kind::word;
      fail(diagnostic_id::annotation_syntax, here().offset,
           fmt::format("a comma was expected here, not {}", shown(here())),
           "separate the arguments with commas");
      if (next_argument) return;
      skip_argument();
      if (here().kind == token_kind::end) return;
    }
    if (next().kind == token_kind::end) {
      fail(diagnostic_id::annotation_syntax, here().offset,
           "an argument was expected behind this comma", "leave the comma out");
    }
    ++at_;
  }

  void check_conflicts() {
    const annotation& value = result_.value;
    if (value.executor && value.loop) {
      fail(diagnostic_id::annotation_conflict, std::max(value.executor_offset, value.loop_offset),
           "'executor' and 'loop' exclude each other: a function runs on one of them",
           "leave one of them out");
    }
    if (value.executor && value.kind == call_kind::async) {
      fail(diagnostic_id::annotation_conflict, value.executor_offset,
           "'executor' is for functions that block, and 'kind = async' says that this one does not",
           "leave 'executor' out, or use 'loop'");
    }
  }

  token_list list_;
  std::size_t at_ = 0;
  std::set<std::string_view> seen_;
  annotation_result result_;
};

}  // namespace

annotation_result parse_annotation(std::string_view text) { return parser(text).parse(); }

}  // namespace smartasync::gen
