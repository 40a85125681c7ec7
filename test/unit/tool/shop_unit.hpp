// SPDX-License-Identifier: MIT
#pragma once

// Models as the scan fills them, written by hand: what the rules and the emitter are tried on.

#include <string>
#include <utility>
#include <vector>

#include "model/unit.hpp"

namespace smartasync::gen {

inline parameter scalar_parameter(std::string type, std::string name) {
  parameter made;
  made.name = name;
  made.declaration = type + " " + name;
  made.value_type = type;
  made.type = std::move(type);
  made.scalar = true;
  return made;
}

inline parameter moved_parameter(std::string type, std::string name) {
  parameter made = scalar_parameter(std::move(type), std::move(name));
  made.scalar = false;
  return made;
}

inline parameter copied_parameter(const std::string& type, std::string name) {
  parameter made = moved_parameter("const " + type + "&", std::move(name));
  made.value_type = type;
  made.keep = keep_policy::copied;
  return made;
}

inline parameter viewed_parameter(std::string type, std::string owner, std::string name) {
  parameter made = moved_parameter(std::move(type), std::move(name));
  made.owner = std::move(owner);
  made.keep = keep_policy::viewed;
  return made;
}

inline parameter borrowed_parameter(const std::string& type, std::string name) {
  parameter made = moved_parameter(type + "&", std::move(name));
  made.value_type = type;
  made.keep = keep_policy::borrowed;
  return made;
}

/// A sync function in the namespace `shop`; the tests change what they are about.
inline function shop_function(std::string name, std::string result,
                              std::vector<parameter> parameters = {}) {
  function made;
  made.qualified_name = "shop::" + name;
  made.name = std::move(name);
  made.namespaces = {"shop"};
  made.where = {"/include/shop/client.hpp", 7, 3, ""};
  made.returns = result;
  made.result = std::move(result);
  made.parameters = std::move(parameters);
  return made;
}

inline function as_async(function made) {
  made.kind = call_kind::async;
  made.returns = "smartasync::task<" + made.result + ">";
  return made;
}

inline function as_method(function made, const std::string& owner = "Client") {
  made.is_method = true;
  made.qualified_name = "shop::" + owner + "::" + made.name;
  return made;
}

inline record shop_record(std::string name, std::vector<function> methods) {
  record made;
  made.qualified_name = "shop::" + name;
  made.type = "::shop::" + name;
  made.name = std::move(name);
  made.namespaces = {"shop"};
  made.where = {"/include/shop/client.hpp", 3, 7, ""};
  made.move_constructible = true;
  made.has_constructors_to_inherit = true;
  made.methods = std::move(methods);
  return made;
}

inline unit shop_unit(std::vector<std::variant<function, record>> items) {
  unit made;
  made.header = "/include/shop/client.hpp";
  made.include_name = "shop/client.hpp";
  made.items = std::move(items);
  return made;
}

/// The unit of a small shop: a class with a method of each kind, and two free functions.
inline unit small_shop() {
  function get = as_async(
      as_method(shop_function("get", "std::string", {moved_parameter("std::string", "path")})));
  get.documentation = "/// get() fetches one page.";
  function query =
      as_method(shop_function("query", "std::vector<::shop::Row>",
                              {viewed_parameter("std::string_view", "std::string", "sql")}));
  query.is_const = true;
  query.marks.executor = "db";
  record client = shop_record("Client", {std::move(get), std::move(query)});
  client.documentation = "/// Client talks to a shop.";
  client.overloads_to_keep = {"query"};

  function add = as_async(
      shop_function("add", "int", {scalar_parameter("int", "a"), scalar_parameter("int", "b")}));
  add.documentation = "/// Adds two numbers.";
  add.parameters[1].default_text = "1";

  function greet = shop_function("greet", "std::size_t", {copied_parameter("std::string", "name")});
  greet.nodiscard = true;
  greet.is_noexcept = true;
  greet.shorter_arities = {0};
  return shop_unit({std::move(client), std::move(add), std::move(greet)});
}

}  // namespace smartasync::gen
