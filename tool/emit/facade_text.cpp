// SPDX-License-Identifier: MIT
#include "emit/facade_text.hpp"

#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "emit/entry_text.hpp"
#include "emit/escape.hpp"
#include "emit/function_object.hpp"
#include "emit/layout.hpp"
#include "emit/template_text.hpp"

namespace smartasync::gen {
namespace {

entry_place method_place(const entry& what, const planned_namespace& where, indent at) {
  const function& author = *what.author;
  entry_place place;
  place.at = at;
  place.objects = where.inner + "::";
  if (!what.has_object()) {
    place.specifiers = "static";
    return place;
  }
  place.qualifiers =
      joined_words({author.is_const ? "const" : "", author.ref == ref_qualifier::lvalue   ? "&"
                                                    : author.ref == ref_qualifier::rvalue ? "&&"
                                                                                          : ""});
  place.object = fmt::format("static_cast<{}>(*this)", object_type(what));
  place.borrows_this = !what.keeps_object_alive();
  return place;
}

std::string constructors(indent at, const record& what) {
  std::string text;
  if (what.has_constructors_to_inherit) {
    text += line(at, fmt::format("using {}::{};\n", what.type, what.name));
  }
  if (what.move_constructible) {
    if (what.default_constructible) text += line(at, fmt::format("{}() = default;\n", what.name));
    text += line(at, "/// Takes over an object that the library itself has made.");
    text += line(at, fmt::format("explicit {}({}&& base)", what.name, what.type));
    text.pop_back();
    // Of a class template only its instances know whether they move.
    if (!what.head.empty()) {
      text += fmt::format("\n{:{}}requires std::is_move_constructible_v<{}>\n{:{}}", "", at + 2,
                          what.type, "", at + 3);
    }
    text += fmt::format(" : {}(std::move(base)) {{}}\n\n", what.type);
  }
  return text;
}

std::string without_facade(indent at, const record& owner) {
  return comment_lines(
      at, comment_text(fmt::format("{} has no facade: {}. smartasync::ref has its entries.",
                                   owner.qualified_name, owner.no_facade_reason)));
}

std::string class_text(const planned_item& what, const planned_namespace& where, indent at) {
  const record& owner = *what.owner;
  const indent inside = at + 2;
  std::vector<std::string> parts;
  parts.push_back(constructors(inside, owner));
  std::string kept;
  for (const std::string& name : owner.overloads_to_keep) {
    kept += line(inside, fmt::format("using {}::{};", owner.type, name));
  }
  parts.push_back(kept.empty() ? kept : kept + '\n');
  for (const planned_item& each : what.nested) {
    if (each.has_facade()) {
      parts.push_back(class_text(each, where, inside) + '\n');
    } else if (!each.entries.empty()) {
      parts.push_back(without_facade(inside, *each.owner) + '\n');
    }
  }
  for (const entry& each : what.entries) {
    parts.push_back(entry_text(each, method_place(each, where, inside)) + '\n');
  }

  std::string text =
      documentation_lines(at, owner.documentation) + head_lines(at, owner.head, true);
  text += line(at, fmt::format("class {} : public {} {{", owner.name, owner.type));
  text += line(at + 1, "public:");
  for (const std::string& part : parts) text += part;
  text.pop_back();  // no empty line before the end
  return text + line(at, "};");
}

}  // namespace

std::string facade_text(const planned_item& what, const planned_namespace& where) {
  return what.has_facade() ? class_text(what, where, 0) : without_facade(0, *what.owner);
}

}  // namespace smartasync::gen
