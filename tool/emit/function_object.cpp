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
#include "emit/template_text.hpp"

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
  std::vector<std::string> by_type;
  if (what.has_object() && !what.keeps_object_alive()) borrowed.emplace_back("this");
  for (const parameter& each : what.parameters()) {
    const std::string shown =
        each.keep_reason.empty() ? each.name : fmt::format("{} ({})", each.name, each.keep_reason);
    auto& list = each.keep == keep_policy::in_place           ? in_place
                 : each.keep == keep_policy::borrowed         ? borrowed
                 : each.keep == keep_policy::by_type          ? by_type
                 : each.keep == keep_policy::borrowed_by_type ? borrowed
                                                              : owned;
    list.push_back(shown);
  }
  std::vector<std::string> clauses;
  if (what.keeps_object_alive()) clauses.emplace_back("keeps this alive");
  if (!borrowed.empty()) clauses.push_back(fmt::format("borrows {}", fmt::join(borrowed, ", ")));
  if (!in_place.empty()) {
    clauses.push_back(fmt::format("borrows {} in place", fmt::join(in_place, ", ")));
  }
  if (!owned.empty()) clauses.push_back(fmt::format("owns {}", fmt::join(owned, ", ")));
  if (!by_type.empty()) {
    clauses.push_back(fmt::format("keeps {} by {}", fmt::join(by_type, ", "),
                                  by_type.size() == 1 ? "its type" : "their types"));
  }
  if (clauses.empty()) return "owns nothing";
  return fmt::format("{}", fmt::join(clauses, clauses.size() == 2 ? " and " : "; "));
}

std::string_view kind_word(const entry& what) {
  if (!what.author->kind) return "sync or async, as its result is";
  return *what.author->kind == call_kind::async ? "async" : "sync";
}

std::string comment(const entry& what) {
  return comment_lines(
      0, comment_text(fmt::format("{}{}: {}. A pending call {}.", author_signature(what),
                                  defaults_left_out(what), kind_word(what), what_is_kept(what))));
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

/// The author's function on `self`, or without an object, as it is called by name.
std::string called(const entry& what, const std::string& self) {
  const function& author = *what.author;
  const bool is_dependent =
      what.owner != nullptr && !what.owner->head.empty() && !author.head.empty();
  const std::string name = fmt::format("{}{}{}", is_dependent ? "template " : "", author.name,
                                       explicit_arguments(author.head));
  if (what.owner == nullptr) {
    return fmt::format("::{}{}", author.qualified_name, explicit_arguments(author.head));
  }
  if (author.is_static) return fmt::format("{}::{}", what.owner->type, name);
  return author.ref == ref_qualifier::rvalue ? fmt::format("std::move({}).{}", self, name)
                                             : fmt::format("{}.{}", self, name);
}

/// What the author's function returns, where only the call says it.
std::string returned(const entry& what) {
  std::vector<std::string> arguments;
  for (const parameter& each : what.parameters()) {
    arguments.push_back(fmt::format("std::declval<{}>(){}", each.type, each.is_pack ? "..." : ""));
  }
  if (what.takes_stop_token()) arguments.emplace_back("std::stop_token()");
  const std::string self =
      what.has_object() ? fmt::format("std::declval<{}>()", object_type(what)) : "";
  return call_lines(2, fmt::format("using returned = decltype({}", called(what, self)), arguments,
                    ");");
}

/// How `invoke` gets the token: not at all, from the runtime, or from whoever calls it.
enum class token_source { none, supplied, given };

std::string invoke(const entry& what, token_source token) {
  signature head;
  head.specifiers = "static";
  head.result = what.author->is_deduced() ? "returned" : what.author->returns;
  head.name = "invoke";
  if (what.has_object()) {
    head.parameters.push_back(fmt::format("{} {}", object_type(what), self_name(what)));
  }
  std::vector<std::string> arguments;
  for (const parameter& each : what.parameters()) {
    head.parameters.push_back(invoke_parameter(each));
    arguments.push_back(passed_on(each));
  }
  if (token == token_source::given) head.parameters.emplace_back("std::stop_token&& stop_given");
  if (token != token_source::none) {
    arguments.emplace_back(token == token_source::given ? "std::move(stop_given)"
                                                        : "smartasync::current_stop_token()");
  }
  if (what.author->is_noexcept) head.suffix = "noexcept";
  return fmt::format(
      "{}{}  }}\n", signature_lines(2, head),
      call_lines(4, fmt::format("return {}", called(what, self_name(what))), arguments, ";"));
}

std::string kind(const entry& what) {
  if (what.author->kind) {
    return fmt::format("smartasync::call_kind::{}",
                       *what.author->kind == call_kind::async ? "async" : "sync");
  }
  return fmt::format("smartasync::kind_of<{}>",
                     what.author->is_deduced() ? "returned" : what.author->returns);
}

std::string result(const entry& what) {
  if (!what.author->is_deduced()) return what.author->result;
  return what.author->kind == call_kind::sync ? "returned" : "smartasync::awaited_t<returned>";
}

/// The members of the function object.
std::string members(const entry& what) {
  std::vector<std::string> policies;
  if (what.keeps_object_alive()) {
    std::string object = object_type(what);
    object.pop_back();
    policies.push_back(fmt::format("smartasync::shared_object<{}>", object));
  } else if (what.has_object()) {
    policies.push_back(fmt::format("smartasync::borrowed<{}>", object_type(what)));
  }
  for (const parameter& each : what.parameters()) policies.push_back(policy_text(each));

  std::string text = site(what);
  if (what.author->is_deduced()) text += returned(what);
  text += fmt::format("  static constexpr smartasync::call_kind kind = {};\n", kind(what));
  if (what.has_object()) text += fmt::format("  using object = {};\n", what.owner->type);
  text += fmt::format("  using result = {};\n", result(what));
  text += template_lines(2, "using arguments = smartasync::keep", policies, ";");
  text += '\n';
  const auto silenced = warnings_to_silence(what);
  if (!silenced.empty()) text += "#pragma GCC diagnostic push\n";
  for (const std::string_view warning : silenced) {
    text += fmt::format("#pragma GCC diagnostic ignored \"{}\"\n", warning);
  }
  if (what.takes_stop_token()) {
    text += invoke(what, token_source::supplied) + invoke(what, token_source::given);
  } else {
    text += invoke(what, token_source::none);
  }
  if (!silenced.empty()) text += "#pragma GCC diagnostic pop\n";
  return text;
}

std::string indented(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const auto end = text.find('\n') + 1;
    if (end > 1 && !text.starts_with('#')) result += "  ";
    result += text.substr(0, end);
    text.remove_prefix(end);
  }
  return result;
}

}  // namespace

std::string object_type(const entry& what) {
  return fmt::format("{}{}{}", what.author->is_const ? "const " : "", what.owner->type,
                     what.author->ref == ref_qualifier::rvalue ? "&&" : "&");
}

std::string function_object_text(const entry& what) {
  const auto levels = template_levels(what.owner == nullptr ? template_head() : what.owner->head,
                                      what.author->head);
  std::string text = members(what);
  for (std::size_t i = levels.size(); i-- > 1;) {
    text = indented(fmt::format("{}\nstruct with {{\n{}}};\n", bare_head(levels[i]), text));
  }
  return fmt::format("{}{}struct {} {{\n{}}};\n", comment(what),
                     levels.empty() ? "" : bare_head(levels.front()) + "\n", what.object, text);
}

}  // namespace smartasync::gen
