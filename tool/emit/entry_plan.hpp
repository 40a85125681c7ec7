// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/namespace_map.hpp"
#include "model/unit.hpp"

namespace smartasync::gen {

/// entry is one function object and the three entries on it. A function whose trailing defaults
/// cannot be repeated has one for each number of arguments that it can be called with.
struct entry {
  const function* author = nullptr;
  const record* owner = nullptr;  ///< null for a free function
  std::size_t arity = 0;
  std::string object;  ///< the function object's name: `Client_get`

  std::span<const parameter> parameters() const {
    return std::span(author->parameters).first(arity);
  }
  bool has_object() const { return owner != nullptr && !author->is_static; }
  bool is_template() const;

  /// takes_stop_token() is false for the shorter forms, which leave the last parameters to the
  /// author's defaults.
  bool takes_stop_token() const {
    return author->takes_stop_token && arity == author->parameters.size();
  }

  /// keeps_object_alive() tells that a pending call shares the ownership of its object.
  bool keeps_object_alive() const;

  /// instance() is the function object as a type: `Client_get`, or with the template arguments of
  /// the entry's scope `typename Cache_get<K, V>::template with<T>`. `scope` stands before its
  /// name.
  std::string instance(std::string_view scope) const;
};

/// planned_item is what the entries of one item of the unit are.
struct planned_item {
  const record* owner = nullptr;  ///< null for a free function
  std::vector<entry> entries;
  std::string facade;                ///< `Client`, `Client::Session`
  std::vector<planned_item> nested;  ///< of classes inside of this one

  /// has_facade() tells that a class is emitted for it, for its own entries or for nested ones.
  bool has_facade() const;
};

/// planned_namespace is what goes into one namespace, in source order.
struct planned_namespace {
  std::string name;   ///< `shop::smart`; empty for the global one
  std::string inner;  ///< of the function objects: `shop_client_hpp`
  std::vector<planned_item> items;

  /// qualified() is a name of this namespace, spelled so that it means the same anywhere.
  std::string qualified(std::string_view of) const;
};

/// with_nested() are an item and all nested in it, outer ones first.
std::vector<const planned_item*> with_nested(const planned_item& what);

/// plan_entries() decides what is emitted where, and the names of the function objects. These are
/// `add`, or `Client_get` for a method; the second of a name is `add_2`, the third `add_3`; the one
/// with the author's own defaults from the third parameter on is `add_with_2`. It points into
/// `what`.
std::vector<planned_namespace> plan_entries(const unit& what, const namespace_map& namespaces);

/// inner_namespace() is the identifier made of an include name.
std::string inner_namespace(std::string_view include_name);

}  // namespace smartasync::gen
