// SPDX-License-Identifier: MIT
#include "emit/entry_plan.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "emit/template_text.hpp"
#include "model/identifier.hpp"

namespace smartasync::gen {
namespace {

/// Appends with one underscore between words: two in a row are reserved.
void append_word(std::string& name, std::string_view word) {
  for (const char c : word) {
    const bool part = is_identifier_part(c) && c != '_';
    if (part) {
      name += c;
    } else if (!name.ends_with('_')) {
      name += '_';
    }
  }
}

/// The members of a function object, and the two names that all of its text begins with.
bool is_taken_inside(std::string_view name) {
  constexpr std::array<std::string_view, 8> taken{"site",      "kind",   "result", "object",
                                                  "arguments", "invoke", "std",    "smartasync"};
  return std::find(taken.begin(), taken.end(), name) != taken.end() || is_keyword(name);
}

/// `operator_plus` for `operator+`, and every other name as it is.
std::string word_for(const std::string& name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 35> words{{
      {"()", "call"},
      {"[]", "subscript"},
      {"+", "plus"},
      {"-", "minus"},
      {"*", "star"},
      {"/", "slash"},
      {"%", "percent"},
      {"^", "caret"},
      {"|", "pipe"},
      {"~", "tilde"},
      {"!", "not"},
      {"<", "less"},
      {">", "greater"},
      {"+=", "plus_equal"},
      {"-=", "minus_equal"},
      {"*=", "star_equal"},
      {"/=", "slash_equal"},
      {"%=", "percent_equal"},
      {"^=", "caret_equal"},
      {"|=", "pipe_equal"},
      {"&=", "amp_equal"},
      {"<<", "less_less"},
      {">>", "greater_greater"},
      {"<<=", "less_less_equal"},
      {">>=", "greater_greater_equal"},
      {"==", "equal_equal"},
      {"!=", "not_equal"},
      {"<=", "less_equal"},
      {">=", "greater_equal"},
      {"<=>", "spaceship"},
      {"&&", "amp_amp"},
      {"||", "pipe_pipe"},
      {"++", "plus_plus"},
      {"--", "minus_minus"},
      {"->*", "arrow_star"},
  }};
  constexpr std::string_view prefix = "operator";
  if (!name.starts_with(prefix)) return name;
  const auto found = std::find_if(words.begin(), words.end(), [&](const auto& one) {
    return one.first == std::string_view(name).substr(prefix.size());
  });
  return found == words.end() ? name : fmt::format("operator_{}", found->second);
}

class planner {
 public:
  planner(const unit& what, const namespace_map& namespaces)
      : inner_(inner_namespace(what.include_name)), namespaces_(namespaces) {}

  void add(const function& what) {
    planned_item item;
    add_entries(item, what, place(what.namespaces));
    place(what.namespaces).items.push_back(std::move(item));
  }

  void add(const record& what) { place(what.namespaces).items.push_back(plan_record(what, {})); }

  std::vector<planned_namespace> take() { return std::move(plan_); }

 private:
  planned_namespace& place(const std::vector<std::string>& author) {
    const std::string name = joined(namespaces_.target(author));
    const auto found = std::find_if(plan_.begin(), plan_.end(),
                                    [&](const auto& known) { return known.name == name; });
    if (found != plan_.end()) return *found;
    return plan_.emplace_back(planned_namespace{name, inner_, {}});
  }

  planned_item plan_record(const record& what, const std::string& around) {
    planned_item item;
    item.owner = &what;
    item.facade = around + what.name;
    for (const function& method : what.methods) add_entries(item, method, place(what.namespaces));
    for (const record& inner : what.nested) {
      item.nested.push_back(plan_record(inner, item.facade + "::"));
    }
    return item;
  }

  void add_entries(planned_item& item, const function& what, const planned_namespace& where) {
    std::string name;
    if (item.owner != nullptr) append_word(name, item.facade + "_");
    append_word(name, word_for(what.name));
    if (is_taken_inside(name)) name += "_function";
    const std::string whole = unique(where, name);
    item.entries.push_back({&what, item.owner, what.parameters.size(), whole});

    std::vector<std::size_t> arities = what.shorter_arities;
    std::sort(arities.begin(), arities.end(), std::greater<>());
    for (const std::size_t arity : arities) {
      item.entries.push_back(
          {&what, item.owner, arity, unique(where, fmt::format("{}_with_{}", whole, arity))});
    }
  }

  std::string unique(const planned_namespace& where, const std::string& wanted) {
    std::set<std::string>& used = used_[where.name];
    std::string name = wanted;
    for (int next = 2; !used.insert(name).second; ++next) name = fmt::format("{}_{}", wanted, next);
    return name;
  }

  std::string inner_;
  const namespace_map& namespaces_;
  std::vector<planned_namespace> plan_;
  std::map<std::string, std::set<std::string>> used_;
};

}  // namespace

bool entry::is_template() const {
  return !author->head.empty() || (owner != nullptr && !owner->head.empty());
}

bool entry::keeps_object_alive() const {
  return has_object() && owner->shares_itself && author->ref != ref_qualifier::rvalue;
}

std::string entry::instance(std::string_view scope) const {
  const auto levels =
      template_levels(owner == nullptr ? template_head() : owner->head, author->head);
  std::string text = fmt::format("{}{}", scope, object);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    text += fmt::format("{}{}", i == 0 ? "" : "::template with", argument_list(levels[i]));
  }
  return levels.size() > 1 ? "typename " + text : text;
}

bool planned_item::has_facade() const {
  if (owner == nullptr || !owner->no_facade_reason.empty()) return false;
  return !entries.empty() ||
         std::any_of(nested.begin(), nested.end(),
                     [](const planned_item& each) { return each.has_facade(); });
}

std::vector<const planned_item*> with_nested(const planned_item& what) {
  std::vector<const planned_item*> all{&what};
  for (const planned_item& each : what.nested) {
    const auto inner = with_nested(each);
    all.insert(all.end(), inner.begin(), inner.end());
  }
  return all;
}

std::string planned_namespace::qualified(std::string_view of) const {
  return name.empty() ? fmt::format("::{}", of) : fmt::format("::{}::{}", name, of);
}

std::vector<planned_namespace> plan_entries(const unit& what, const namespace_map& namespaces) {
  planner plan(what, namespaces);
  for (const auto& item : what.items) {
    std::visit([&](const auto& each) { plan.add(each); }, item);
  }
  return plan.take();
}

std::string inner_namespace(std::string_view include_name) {
  std::string words;
  append_word(words, include_name);
  std::string_view bare = words;
  while (bare.starts_with('_')) bare.remove_prefix(1);
  while (bare.ends_with('_')) bare.remove_suffix(1);
  std::string name(bare);
  // `vector` or `new` could be the name of something else, `client_hpp` hardly.
  if (include_name.find('.') == std::string_view::npos) name += "_header";
  if (!is_identifier(name)) name = "header_" + name;
  return name;
}

}  // namespace smartasync::gen
