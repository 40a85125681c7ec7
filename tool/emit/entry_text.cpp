// SPDX-License-Identifier: MIT
#include "emit/entry_text.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "emit/argument.hpp"
#include "emit/escape.hpp"
#include "emit/template_text.hpp"

namespace smartasync::gen {
namespace {

/// The parts in which the three entries differ.
struct entry_form {
  std::string result;
  std::string_view tag;
  std::string_view runtime;  ///< the function of the runtime that does it
  std::string_view given;  ///< the tag for that, or for the constructor that is called in its place
  bool may_be_pending;
  std::string_view deduced;  ///< in place of the result where the author's is deduced
};

/// The sync entry's own last parameter: the token that the runtime supplies elsewhere.
std::string stop_name(const entry& what) {
  std::string name = "stop";
  const auto is_taken = [&](const parameter& each) { return each.name == name; };
  while (std::any_of(what.parameters().begin(), what.parameters().end(), is_taken)) name += '_';
  return name;
}

std::string attributes(const function& what) {
  // Of a task without a value only the await may not be dropped, and an operation says that itself.
  std::string text = what.nodiscard && what.result != "void" ? "[[nodiscard]]" : "";
  if (what.deprecated) {
    const std::string message =
        what.deprecated->empty()
            ? "[[deprecated]]"
            : fmt::format("[[deprecated({})]]", string_literal(*what.deprecated));
    text = joined_words({text, message});
  }
  return text;
}

/// A stub must not take a tag for its argument; the other entries have one.
std::string untagged(const function& what, const entry_form& form) {
  return form.tag.empty() ? untagged_constraint(what) : std::string();
}

std::string trailing_requires(const function& what, const entry_form& form) {
  // A method of a class template is no template: its own constraint is the only place.
  const std::string further = what.head.empty() ? untagged(what, form) : "";
  if (what.requires_text.empty()) return further.empty() ? "" : "requires " + further;
  return further.empty() ? fmt::format("requires {}", what.requires_text)
                         : fmt::format("requires {} && ({})", further, what.requires_text);
}

/// Where the result is spelled its constructor is called, which spares each function an instance of
/// the runtime's function around that.
std::string body_lines(const entry& what, const entry_place& where, const entry_form& form,
                       std::vector<std::string> arguments) {
  const bool constructs = form.may_be_pending && !what.author->is_deduced();
  if (constructs || !form.may_be_pending) {
    arguments.insert(arguments.begin(), fmt::format("smartasync::{}", form.given));
  }
  if (constructs) return braced_lines(where.at + 2, "return", arguments);
  const std::string call =
      fmt::format("return smartasync::{}<{}>", form.runtime, what.instance(where.objects));
  return call_lines(where.at + 2, call, arguments, ";");
}

std::string one_entry(const entry& what, const entry_place& where, const entry_form& form) {
  const function& author = *what.author;
  signature head;
  head.attributes = attributes(author);
  head.specifiers = where.specifiers;
  head.result = form.result;
  head.name = author.entry_name();
  if (author.is_deduced()) head.result = form.deduced;
  if (!form.tag.empty()) head.parameters.emplace_back(form.tag);
  std::vector<std::string> arguments;
  if (!where.object.empty()) arguments.push_back(where.object);
  for (const parameter& each : what.parameters()) {
    head.parameters.push_back(entry_parameter(each, form.may_be_pending));
    arguments.push_back(passed_on(each));
  }
  if (what.takes_stop_token() && !form.may_be_pending) {
    const std::string name = stop_name(what);
    head.parameters.push_back(
        fmt::format("std::stop_token {} = smartasync::current_stop_token()", name));
    arguments.push_back(fmt::format("std::move({})", name));
  }
  const bool never_throws =
      author.is_noexcept && author.kind == call_kind::sync && !form.may_be_pending;
  head.suffix =
      joined_words({where.qualifiers, never_throws ? "noexcept" : "",
                    form.may_be_pending && where.borrows_this ? "SMARTASYNC_LIFETIMEBOUND" : "",
                    trailing_requires(author, form)});

  return fmt::format(
      "{}{}{}{:{}}}}\n", head_lines(where.at, author.head, true, untagged(author, form)),
      signature_lines(where.at, head), body_lines(what, where, form, arguments), "", where.at);
}

}  // namespace

std::string entry_text(const entry& what, const entry_place& where) {
  const std::string& result = what.author->result;
  const auto over = [&](std::string_view type) {
    return fmt::format("smartasync::{}<{}, {}>", type, result, what.instance(where.objects));
  };
  std::string text =
      documentation_lines(where.at, what.author->documentation) +
      one_entry(what, where, {over("call"), "", "dispatch", "by_context", true, "auto"});
  if (!what.author->has_tagged_entries()) return text;
  return text +
         one_entry(what, where,
                   {result, "smartasync::sync_t", "block", "sync", false, "decltype(auto)"}) +
         one_entry(what, where,
                   {over("operation"), "smartasync::async_t", "pend", "async", true, "auto"});
}

}  // namespace smartasync::gen
