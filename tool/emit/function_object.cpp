// SPDX-License-Identifier: MIT
#include "emit/function_object.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "emit/argument.hpp"
#include "emit/escape.hpp"
#include "emit/layout.hpp"

namespace smartasync::gen {
namespace {

std::string qualifiers(const function& what) {
  std::string text = what.is_const ? " const" : "";
  if (what.ref == ref_qualifier::lvalue) text += " &";
  if (what.ref == ref_qualifier::rvalue) text += " &&";
  return text;
}

/// `shop::Client::get(std::string path) const`
std::string author_signature(const entry& what) {
  std::vector<std::string> declarations;
  for (const parameter& each : what.parameters()) declarations.push_back(each.declaration);
  return fmt::format("{}({}){}", what.author->qualified_name, fmt::join(declarations, ", "),
                     qualifiers(*what.author));
}

std::string defaults_left_out(const entry& what) {
  const auto rest = std::span(what.author->parameters).subspan(what.arity);
  if (rest.empty()) return {};
  std::vector<std::string_view> names;
  for (const parameter& each : rest) names.push_back(each.name);
  return fmt::format(" with the author's default{} for {}", names.size() == 1 ? "" : "s",
                     fmt::join(names, ", "));
}

/// `borrows this and owns path`, `borrows this; borrows text (why) in place; owns path`
std::string what_is_kept(const entry& what) {
  std::vector<std::string> borrowed;
  std::vector<std::string> in_place;
  std::vector<std::string> owned;
  if (what.has_object()) borrowed.emplace_back("this");
  for (const parameter& each : what.parameters()) {
    const std::string shown =
        each.keep_reason.empty() ? each.name : fmt::format("{} ({})", each.name, each.keep_reason);
    auto& list = each.keep == keep_policy::in_place   ? in_place
                 : each.keep == keep_policy::borrowed ? borrowed
                                                      : owned;
    list.push_back(shown);
  }
  std::vector<std::string> clauses;
  if (!borrowed.empty()) clauses.push_back(fmt::format("borrows {}", fmt::join(borrowed, ", ")));
  if (!in_place.empty()) {
    clauses.push_back(fmt::format("borrows {} in place", fmt::join(in_place, ", ")));
  }
  if (!owned.empty()) clauses.push_back(fmt::format("owns {}", fmt::join(owned, ", ")));
  if (clauses.empty()) return "owns nothing";
  return fmt::format("{}", fmt::join(clauses, clauses.size() == 2 ? " and " : "; "));
}

std::string comment(const entry& what) {
  return comment_lines(
      0, comment_text(fmt::format(
             "{}{}: {}. A pending call {}.", author_signature(what), defaults_left_out(what),
             what.author->kind == call_kind::async ? "async" : "sync", what_is_kept(what))));
}

std::string site(const entry& what) {
  const annotation& marks = what.author->marks;
  std::vector<std::string> members{
      fmt::format(".function = {}", string_literal(what.author->qualified_name))};
  if (marks.executor) {
    members.push_back(fmt::format(".executor = {}", string_literal(*marks.executor)));
  }
  if (marks.loop) members.push_back(fmt::format(".loop = {}", string_literal(*marks.loop)));
  if (marks.serial) members.emplace_back(".serial = true");
  if (marks.debug) members.emplace_back(".debug = true");

  constexpr std::string_view head = "  static constexpr smartasync::site site{";
  const std::string whole = fmt::format("{}{}}};\n", head, fmt::join(members, ", "));
  if (width(whole) <= 101) return whole;  // the line end does not count
  return fmt::format("{}{}}};\n", head,
                     fmt::join(members, fmt::format(",\n{:{}}", "", width(head))));
}

/// What compilers would say of `invoke` that is no concern of who includes it.
std::vector<std::string_view> warnings_to_silence(const entry& what) {
  std::vector<std::string_view> warnings;
  // Whoever calls the entry is warned; this call is not theirs.
  if (what.author->deprecated) warnings.emplace_back("-Wdeprecated-declarations");
  const auto is_member = [](const parameter& each) {
    return each.name == "site" || each.name == "kind";
  };
  if (std::any_of(what.parameters().begin(), what.parameters().end(), is_member)) {
    warnings.emplace_back("-Wshadow");
  }
  return warnings;
}

/// The object's name in `invoke`, which no parameter has.
std::string self_name(const entry& what) {
  std::string name = "self";
  const auto is_taken = [&](const parameter& each) { return each.name == name; };
  while (std::any_of(what.parameters().begin(), what.parameters().end(), is_taken)) name += '_';
  return name;
}

std::string called(const entry& what) {
  if (what.owner == nullptr) return fmt::format("::{}", what.author->qualified_name);
  if (what.author->is_static) return fmt::format("{}::{}", what.owner->type, what.author->name);
  const std::string self = self_name(what);
  return what.author->ref == ref_qualifier::rvalue
             ? fmt::format("std::move({}).{}", self, what.author->name)
             : fmt::format("{}.{}", self, what.author->name);
}

std::string invoke(const entry& what) {
  signature head;
  head.specifiers = "static";
  head.result = what.author->returns;
  head.name = "invoke";
  if (what.has_object()) {
    head.parameters.push_back(fmt::format("{} {}", object_type(what), self_name(what)));
  }
  std::vector<std::string> arguments;
  for (const parameter& each : what.parameters()) {
    head.parameters.push_back(invoke_parameter(each));
    arguments.push_back(passed_on(each));
  }
  if (what.author->is_noexcept) head.suffix = "noexcept";
  return fmt::format("{}{}  }}\n", signature_lines(2, head),
                     call_lines(4, fmt::format("return {}", called(what)), arguments, ";"));
}

}  // namespace

std::string object_type(const entry& what) {
  return fmt::format("{}{}{}", what.author->is_const ? "const " : "", what.owner->type,
                     what.author->ref == ref_qualifier::rvalue ? "&&" : "&");
}

std::string function_object_text(const entry& what) {
  std::vector<std::string> policies;
  if (what.has_object()) {
    policies.push_back(fmt::format("smartasync::borrowed<{}>", object_type(what)));
  }
  for (const parameter& each : what.parameters()) policies.push_back(policy_text(each));

  std::string text = comment(what);
  text += fmt::format("struct {} {{\n", what.object);
  text += site(what);
  text +=
      fmt::format("  static constexpr smartasync::call_kind kind = smartasync::call_kind::{};\n",
                  what.author->kind == call_kind::async ? "async" : "sync");
  if (what.has_object()) text += fmt::format("  using object = {};\n", what.owner->type);
  text += fmt::format("  using result = {};\n", what.author->result);
  text += template_lines(2, "using arguments = smartasync::keep", policies, ";");
  text += '\n';
  const auto silenced = warnings_to_silence(what);
  if (!silenced.empty()) text += "#pragma GCC diagnostic push\n";
  for (const std::string_view warning : silenced) {
    text += fmt::format("#pragma GCC diagnostic ignored \"{}\"\n", warning);
  }
  text += invoke(what);
  if (!silenced.empty()) text += "#pragma GCC diagnostic pop\n";
  return text + "};\n";
}

}  // namespace smartasync::gen
