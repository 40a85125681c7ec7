// SPDX-License-Identifier: MIT
#include "model/rules.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/entry_scope.hpp"
#include "model/nearest_word.hpp"

namespace smartasync::gen {
namespace {

class marks_check {
 public:
  void check(const function& what) {
    for (const parameter_choice& choice : what.marks.borrow) {
      check_choice(what, choice, "borrow", &marks_check::check_borrow);
    }
    for (const parameter_choice& choice : what.marks.own) {
      check_choice(what, choice, "own", &marks_check::check_own);
    }
    if (what.marks.executor && what.kind == call_kind::async) {
      fail(diagnostic_id::annotation_executor_on_async, what, what.marks.executor_offset,
           fmt::format("'{}' is awaited: no executor runs it", what.qualified_name),
           "leave 'executor' out; 'loop' gives the function a loop of its own");
    }
  }

  void check(const record& what) {
    for (const function& method : what.methods) check(method);
    for (const record& inner : what.nested) check(inner);
  }

  std::vector<diagnostic> take() { return std::move(found_); }

 private:
  using rule = void (marks_check::*)(const function&, const parameter_choice&, const parameter&);

  void fail(diagnostic_id id, const function& what, std::size_t offset, std::string message,
            std::string remedy) {
    const source_position where = what.marks_where.line == 0
                                      ? what.where
                                      : position_in(what.marks_where, what.marks_text, offset);
    const auto is_same = [&](const diagnostic& other) {
      return other.id == id && other.where.file == where.file && other.where.line == where.line &&
             other.where.column == where.column && other.message == message;
    };
    // A method is met again in each class that inherits it.
    if (std::any_of(found_.begin(), found_.end(), is_same)) return;
    found_.push_back({id, where, std::move(message), {{{}, std::move(remedy)}}});
  }

  void check_choice(const function& what, const parameter_choice& choice, std::string_view key,
                    rule fits) {
    const auto named =
        std::find_if(what.parameters.begin(), what.parameters.end(),
                     [&](const parameter& each) { return each.name == choice.parameter; });
    if (named != what.parameters.end()) {
      (this->*fits)(what, choice, *named);
      return;
    }
    std::vector<std::string_view> names;
    for (const parameter& each : what.parameters) names.push_back(each.name);
    const auto nearest = nearest_word(choice.parameter, names);
    fail(
        diagnostic_id::annotation_unknown_parameter, what, choice.offset,
        fmt::format("'{}' has no parameter '{}' to {}", what.qualified_name, choice.parameter, key),
        nearest         ? fmt::format("did you mean '{}'?", *nearest)
        : names.empty() ? "it has no parameters"
                        : fmt::format("its parameters are {}", fmt::join(names, ", ")));
  }

  void check_borrow(const function& what, const parameter_choice& choice, const parameter& named) {
    if (named.keep == keep_policy::borrowed || named.keep == keep_policy::in_place ||
        named.keep == keep_policy::borrowed_by_type) {
      return;
    }
    fail(diagnostic_id::annotation_cannot_borrow, what, choice.offset,
         fmt::format("'{}' is of type {}, which a pending call can only own", named.name,
                     named.type),
         "only references, pointers and views can be borrowed");
  }

  void check_own(const function& what, const parameter_choice& choice, const parameter& named) {
    if (named.keep != keep_policy::borrowed && named.keep != keep_policy::in_place) return;
    fail(diagnostic_id::annotation_cannot_own, what, choice.offset,
         fmt::format("'{}' is of type {}, of which a pending call cannot keep a copy", named.name,
                     named.type),
         "a const char* can be owned, and a pointer to or a view of what can be copied");
  }

  std::vector<diagnostic> found_;
};

}  // namespace

std::vector<diagnostic> check_rules(const std::vector<unit>& units,
                                    const namespace_map& namespaces) {
  marks_check marks;
  for (const unit& each : units) {
    for (const auto& item : each.items) {
      std::visit([&](const auto& one) { marks.check(one); }, item);
    }
  }
  std::vector<diagnostic> found = marks.take();
  std::vector<diagnostic> scopes = check_entry_scopes(units, namespaces);
  std::move(scopes.begin(), scopes.end(), std::back_inserter(found));
  return found;
}

}  // namespace smartasync::gen
