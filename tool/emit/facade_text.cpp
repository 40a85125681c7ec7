// SPDX-License-Identifier: MIT
#include "emit/facade_text.hpp"

#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "emit/entry_text.hpp"
#include "emit/escape.hpp"
#include "emit/function_object.hpp"
#include "emit/layout.hpp"

namespace smartasync::gen {
namespace {

entry_place method_place(const entry& what, const planned_namespace& where) {
  const function& author = *what.author;
  entry_place place;
  place.at = 2;
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
  place.borrows_this = true;
  return place;
}

std::string constructors(const record& what) {
  std::string text;
  if (what.has_constructors_to_inherit) {
    text += fmt::format("  using {}::{};\n\n", what.type, what.name);
  }
  if (what.move_constructible) {
    if (what.default_constructible) text += fmt::format("  {}() = default;\n\n", what.name);
    text += fmt::format(
        "  /// Takes over an object that the library itself has made.\n"
        "  explicit {}({}&& base) : {}(std::move(base)) {{}}\n\n",
        what.name, what.type, what.type);
  }
  return text;
}

}  // namespace

std::string facade_text(const planned_item& what, const planned_namespace& where) {
  const record& owner = *what.owner;
  if (!owner.no_facade_reason.empty()) {
    return comment_lines(
        0, comment_text(fmt::format("{} has no facade: {}. smartasync::ref has its entries.",
                                    owner.qualified_name, owner.no_facade_reason)));
  }
  std::vector<std::string> parts;
  parts.push_back(constructors(owner));
  std::string kept;
  for (const std::string& name : owner.overloads_to_keep) {
    kept += fmt::format("  using {}::{};\n", owner.type, name);
  }
  parts.push_back(kept.empty() ? kept : kept + '\n');
  for (const entry& each : what.entries) {
    parts.push_back(entry_text(each, method_place(each, where)) + '\n');
  }

  std::string text = documentation_lines(0, owner.documentation);
  text += fmt::format("class {} : public {} {{\n public:\n", owner.name, owner.type);
  for (const std::string& part : parts) text += part;
  text.pop_back();  // no empty line before the end
  return text + "};\n";
}

}  // namespace smartasync::gen
