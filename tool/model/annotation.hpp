// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/diagnostic.hpp"

namespace smartasync::gen {

/// call_kind says how an annotated function works: `sync` returns its value, `async` returns
/// something that must be awaited.
enum class call_kind { sync, async };

/// parameter_choice is one `borrow = "p"` or `own = "p"`: the parameter's name, and where in the
/// argument text it was written.
struct parameter_choice {
  std::string parameter;
  std::size_t offset = 0;
};

/// annotation is what the parentheses of `[[smartasync(...)]]` say; the bare attribute is a
/// default-constructed one.
struct annotation {
  std::optional<std::string> executor;
  std::optional<std::string> loop;
  std::optional<std::string> name;
  std::optional<call_kind> kind;
  std::size_t executor_offset = 0;  ///< where the value of `executor` stands in the argument text
  std::size_t loop_offset = 0;
  std::size_t name_offset = 0;
  bool serial = false;
  bool debug = false;
  bool borrow_all = false;  ///< the bare `borrow`
  std::vector<parameter_choice> borrow;
  std::vector<parameter_choice> own;
};

/// annotation_fault is an error in the argument text, `offset` bytes from its start.
struct annotation_fault {
  diagnostic_id id;
  std::size_t offset = 0;
  std::string message;
  std::string remedy;  ///< may be empty
};

/// annotation_result holds the annotation when `faults` is empty.
struct annotation_result {
  annotation value;
  std::vector<annotation_fault> faults;
};

/// parse_annotation() reads the text between the parentheses of the attribute, as it stands in the
/// source: comments, line ends and continuation lines included. All faults are found in one pass.
annotation_result parse_annotation(std::string_view text);

}  // namespace smartasync::gen
