// SPDX-License-Identifier: MIT
#include "emit/assertion_text.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "emit/layout.hpp"

namespace smartasync::gen {
namespace {

std::size_t required_arguments(const entry& what) {
  const auto parameters = what.parameters();
  return static_cast<std::size_t>(
      std::find_if(parameters.begin(), parameters.end(),
                   [](const parameter& each) { return each.default_text.has_value(); }) -
      parameters.begin());
}

/// Whether a call of `one` with arguments of its own types could mean `other` as well.
bool could_mean(const entry& one, const entry& other) {
  if (one.author->entry_name() != other.author->entry_name()) return false;
  if (one.arity < required_arguments(other) || one.arity > other.arity) return false;
  const auto same_value = [](const parameter& a, const parameter& b) {
    return a.value_type == b.value_type;
  };
  const bool same_values = std::equal(one.parameters().begin(), one.parameters().end(),
                                      other.parameters().begin(), same_value);
  const bool same_qualifiers =
      one.author->is_const == other.author->is_const && one.author->ref == other.author->ref;
  return same_values && (same_qualifiers || one.arity != other.arity);
}

/// The entries of one name that stand in one scope, overloads of each other.
using overload_sets = std::map<std::string_view, std::vector<const entry*>>;

void add_overloads(const planned_item& what, overload_sets& sets) {
  for (const entry& each : what.entries) sets[each.author->entry_name()].push_back(&each);
}

std::string callee(const entry& what, const planned_item& item, const planned_namespace& where) {
  const function& author = *what.author;
  if (what.owner == nullptr) return where.qualified(author.entry_name());
  const std::string facade = where.qualified(item.facade);
  const bool has_facade = item.has_facade();
  const std::string on_type =
      has_facade ? facade : fmt::format("smartasync::ref<{}>", what.owner->type);
  if (author.is_static) return fmt::format("{}::{}", on_type, author.entry_name());
  const std::string_view const_text = author.is_const && has_facade ? "const " : "";
  const std::string_view ref_text = author.ref == ref_qualifier::rvalue ? "" : "&";
  return fmt::format("std::declval<{}{}{}>().{}", const_text, on_type, ref_text,
                     author.entry_name());
}

/// The type that an entry must return: of the runtime's templates, or the author's result itself.
struct promise {
  std::string text;
  std::string_view of;  ///< `smartasync::call`, or empty
  std::vector<std::string> arguments;
};

promise promised(std::string_view of, const std::vector<std::string>& arguments) {
  return {fmt::format("{}<{}>", of, fmt::join(arguments, ", ")), of, arguments};
}

bool fits_line_by_line(std::string_view text) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (width(text.substr(0, end)) > 100) return false;
    text.remove_prefix(end + 1);
  }
  return true;
}

std::string assertion(const std::string& called, const std::vector<std::string>& arguments,
                      const promise& result) {
  const std::string call = fmt::format("decltype({}({}))", called, fmt::join(arguments, ", "));
  constexpr std::string_view head = "static_assert(std::is_same_v";
  const std::string text = template_lines(0, head, {result.text, call}, ");");
  if (fits_line_by_line(text)) return text;
  const std::string type = result.of.empty() ? fmt::format("    {},\n", result.text)
                                             : template_lines(4, result.of, result.arguments, ",");
  return fmt::format("{}<\n{}{}", head, type,
                     call_lines(4, fmt::format("decltype({}", called), arguments, ")>);"));
}

std::string item_assertions(const planned_item& what, const planned_namespace& where,
                            const overload_sets& sets) {
  std::string text;
  for (const entry& each : what.entries) {
    const auto& neighbours = sets.at(each.author->entry_name());
    const bool ambiguous =
        std::any_of(neighbours.begin(), neighbours.end(),
                    [&](const entry* other) { return other != &each && could_mean(each, *other); });
    // Of templates nothing can be said before they are instantiated.
    if (ambiguous || each.author->deprecated || each.is_template() || each.author->is_deduced()) {
      continue;
    }
    const function& author = *each.author;
    const std::string called = callee(each, what, where);
    const std::string object = where.qualified(fmt::format("{}::{}", where.inner, each.object));
    std::vector<std::string> arguments;
    for (const parameter& one : each.parameters()) {
      arguments.push_back(fmt::format("smartasync::some<{}>()", one.type));
    }
    const bool has_other_overloads =
        what.owner != nullptr &&
        std::find(what.owner->overloads_to_keep.begin(), what.owner->overloads_to_keep.end(),
                  author.entry_name()) != what.owner->overloads_to_keep.end();
    if (!has_other_overloads) {
      text += assertion(called, arguments, promised("smartasync::call", {author.result, object}));
    }
    if (!author.has_tagged_entries()) continue;
    arguments.insert(arguments.begin(), "smartasync::sync");
    text += assertion(called, arguments, {author.result, {}, {}});
    arguments.front() = "smartasync::async";
    text +=
        assertion(called, arguments, promised("smartasync::operation", {author.result, object}));
  }
  return text;
}

}  // namespace

std::string assertion_text(const planned_namespace& where) {
  overload_sets free_functions;
  for (const planned_item& item : where.items) {
    if (item.owner == nullptr) add_overloads(item, free_functions);
  }
  std::string text;
  for (const planned_item& item : where.items) {
    for (const planned_item* one : with_nested(item)) {
      overload_sets methods;
      if (one->owner != nullptr) add_overloads(*one, methods);
      text += item_assertions(*one, where, one->owner == nullptr ? free_functions : methods);
    }
  }
  return text;
}

}  // namespace smartasync::gen
