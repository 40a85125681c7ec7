// SPDX-License-Identifier: MIT
#include "emit/ref_text.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "emit/entry_text.hpp"
#include "emit/layout.hpp"
#include "emit/template_text.hpp"

namespace smartasync::gen {
namespace {

bool same_signature(const entry& left, const entry& right) {
  const auto same_head = [&] {
    return head_lines(0, left.author->head, false) == head_lines(0, right.author->head, false) &&
           left.author->requires_text == right.author->requires_text;
  };
  return left.author->entry_name() == right.author->entry_name() && same_head() &&
         std::equal(left.parameters().begin(), left.parameters().end(), right.parameters().begin(),
                    right.parameters().end(),
                    [](const parameter& a, const parameter& b) { return a.type == b.type; });
}

bool serves(const entry& what, bool of_const) {
  return what.author->is_static || what.author->is_const || !of_const;
}

/// How well an overload fits the object as an lvalue; that for rvalues alone fits least.
int rank(const entry& what) {
  if (what.author->ref == ref_qualifier::rvalue) return what.author->is_const ? 1 : 0;
  return what.author->is_const ? 2 : 3;
}

/// The entries of an object, const or not. Of overloads that differ by their qualifiers alone, one
/// is there: that which the object itself would choose.
std::vector<const entry*> chosen(const planned_item& what, bool of_const) {
  std::vector<const entry*> entries;
  for (const entry& each : what.entries) {
    const bool hidden =
        std::any_of(what.entries.begin(), what.entries.end(), [&](const entry& other) {
          return serves(other, of_const) && same_signature(each, other) && rank(other) > rank(each);
        });
    if (serves(each, of_const) && !hidden) entries.push_back(&each);
  }
  return entries;
}

entry_place ref_place(const entry& what, const planned_namespace& where) {
  entry_place place;
  place.at = 2;
  place.objects = where.qualified(where.inner) + "::";
  if (!what.has_object()) {
    place.specifiers = "static";
    return place;
  }
  const bool is_taken = std::any_of(what.parameters().begin(), what.parameters().end(),
                                    [](const parameter& each) { return each.name == "object_"; });
  place.object = is_taken ? "*this->object_" : "*object_";
  place.qualifiers = "const";
  // A named ref must be moved from, as the object itself would have to be.
  if (what.author->ref == ref_qualifier::rvalue) {
    place.object = fmt::format("std::move({})", place.object);
    place.qualifiers = "const&&";
  }
  return place;
}

std::string ref_class(const record& owner, const std::vector<const entry*>& entries,
                      std::string_view type, std::string_view comment,
                      const planned_namespace& where) {
  std::string text = fmt::format(
      "{}"
      "{}"
      "class smartasync::ref<{}> {{\n"
      " public:\n"
      "  explicit ref({}& object) noexcept : object_(std::addressof(object)) {{}}\n",
      comment, owner.head.empty() ? "template <>\n" : head_lines(0, owner.head, false), type, type);
  for (const entry* each : entries) text += '\n' + entry_text(*each, ref_place(*each, where));
  const bool used = std::any_of(entries.begin(), entries.end(),
                                [](const entry* each) { return each->has_object(); });
  return text +
         fmt::format("\n private:\n  {}{}* object_;\n}};\n", used ? "" : "[[maybe_unused]] ", type);
}

}  // namespace

std::string ref_text(const planned_item& what, const planned_namespace& where) {
  const record& owner = *what.owner;
  std::string text = ref_class(
      owner, chosen(what, false), owner.type,
      fmt::format("/// The entries of {} over an object that someone else owns and keeps alive.\n",
                  owner.qualified_name),
      where);
  const auto of_const = chosen(what, true);
  if (!of_const.empty()) {
    text += '\n' + ref_class(owner, of_const, fmt::format("const {}", owner.type),
                             "/// The same over a const object: its const entries.\n", where);
  }
  return text;
}

std::string nearest_base_text(const planned_item& what) {
  const auto declaration = [&](std::string_view type) {
    return head_lines(0, what.owner->head, false) +
           call_lines(0, fmt::format("annotated_base<{}> nearest_annotated_base", type),
                      {"annotated_base_tag", fmt::format("{}*", type)}, ";");
  };
  std::string text = declaration(what.owner->type);
  if (!chosen(what, true).empty()) {
    text += declaration(fmt::format("const {}", what.owner->type));
  }
  return text;
}

}  // namespace smartasync::gen
