// SPDX-License-Identifier: MIT
#include "emit/entry_text.hpp"

#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "emit/argument.hpp"
#include "emit/escape.hpp"

namespace smartasync::gen {
namespace {

/// The parts in which the three entries differ.
struct entry_form {
  std::string result;
  std::string_view tag;
  std::string_view runtime;  ///< the function of the runtime that does it
  bool may_be_pending;
};

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

std::string one_entry(const entry& what, const entry_place& where, const entry_form& form) {
  const function& author = *what.author;
  signature head;
  head.attributes = attributes(author);
  head.specifiers = where.specifiers;
  head.result = form.result;
  head.name = author.entry_name();
  if (!form.tag.empty()) head.parameters.emplace_back(form.tag);
  std::vector<std::string> arguments;
  if (!where.object.empty()) arguments.push_back(where.object);
  for (const parameter& each : what.parameters()) {
    head.parameters.push_back(entry_parameter(each, form.may_be_pending));
    arguments.push_back(passed_on(each));
  }
  const bool never_throws =
      author.is_noexcept && author.kind == call_kind::sync && !form.may_be_pending;
  head.suffix =
      joined_words({where.qualifiers, never_throws ? "noexcept" : "",
                    form.may_be_pending && where.borrows_this ? "SMARTASYNC_LIFETIMEBOUND" : ""});

  const std::string call =
      fmt::format("return smartasync::{}<{}{}>", form.runtime, where.objects, what.object);
  return fmt::format("{}{}{:{}}}}\n", signature_lines(where.at, head),
                     call_lines(where.at + 2, call, arguments, ";"), "", where.at);
}

}  // namespace

std::string entry_text(const entry& what, const entry_place& where) {
  const std::string& result = what.author->result;
  const auto over = [&](std::string_view type) {
    return fmt::format("smartasync::{}<{}, {}{}>", type, result, where.objects, what.object);
  };
  return documentation_lines(where.at, what.author->documentation) +
         one_entry(what, where, {over("call"), "", "dispatch", true}) +
         one_entry(what, where, {result, "smartasync::sync_t", "block", false}) +
         one_entry(what, where, {over("operation"), "smartasync::async_t", "pend", true});
}

}  // namespace smartasync::gen
