// SPDX-License-Identifier: MIT
#include "emit/entry_plan.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

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

class planner {
 public:
  planner(const unit& what, const namespace_map& namespaces)
      : inner_(inner_namespace(what.include_name)), namespaces_(namespaces) {}

  void add(const function& what) {
    planned_item item;
    add_entries(item, what, place(what.namespaces));
    place(what.namespaces).items.push_back(std::move(item));
  }

  void add(const record& what) {
    planned_item item;
    item.owner = &what;
    for (const function& method : what.methods) add_entries(item, method, place(what.namespaces));
    place(what.namespaces).items.push_back(std::move(item));
  }

  std::vector<planned_namespace> take() { return std::move(plan_); }

 private:
  planned_namespace& place(const std::vector<std::string>& author) {
    const std::string name = joined(namespaces_.target(author));
    const auto found = std::find_if(plan_.begin(), plan_.end(),
                                    [&](const auto& known) { return known.name == name; });
    if (found != plan_.end()) return *found;
    return plan_.emplace_back(planned_namespace{name, inner_, {}});
  }

  void add_entries(planned_item& item, const function& what, const planned_namespace& where) {
    std::string name;
    if (item.owner != nullptr) append_word(name, item.owner->name + "_");
    append_word(name, what.name);
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
