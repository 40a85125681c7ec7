// SPDX-License-Identifier: MIT
#include "model/entry_scope.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>

namespace smartasync::gen {
namespace {

bool hides_what_the_text_needs(std::string_view name) {
  return name == "std" || name == "smartasync";
}

/// What has been seen to take a name: a class or a function, and whose.
struct owner {
  std::string qualified_name;
  std::vector<std::string> namespaces;
  source_position where;
  const unit* in = nullptr;
  bool is_class = false;
};

std::string parameter_key(const parameter& what) {
  // `const int` and `int` by value are one and the same to an overload.
  const bool by_value = what.type == what.value_type || what.type == "const " + what.value_type;
  return by_value ? what.value_type : what.type;
}

/// `get(std::string) const`, as overloads are told apart.
std::string signature_key(const function& what, std::size_t arity) {
  std::string key;
  for (const template_parameter& each : what.head.parameters) key += each.declaration + ", ";
  key += what.head.requires_text + what.entry_name() + "(";
  for (std::size_t i = 0; i < arity; ++i) {
    key += fmt::format("{}{}", i == 0 ? "" : ", ", parameter_key(what.parameters[i]));
  }
  key += ')';
  if (what.is_const) key += " const";
  if (what.ref == ref_qualifier::lvalue) key += " &";
  if (what.ref == ref_qualifier::rvalue) key += " &&";
  if (!what.requires_text.empty()) key += " requires " + what.requires_text;
  return key;
}

class scope_check {
 public:
  explicit scope_check(const namespace_map& namespaces) : namespaces_(namespaces) {}

  void check(const unit& what) {
    in_ = &what;
    for (const auto& item : what.items) {
      std::visit([&](const auto& each) { check_item(each); }, item);
    }
  }

  std::vector<diagnostic> take() { return std::move(found_); }

 private:
  void check_item(const function& what) {
    const std::string scope = target(what.namespaces, what.where, what.qualified_name);
    const owner self{what.qualified_name, what.namespaces, what.where, in_, false};
    check_name(scope, what.entry_name(), self);
    check_signatures(scope, what, self);
  }

  void check_item(const record& what) {
    const std::string scope = target(what.namespaces, what.where, what.qualified_name);
    const owner self{what.qualified_name, what.namespaces, what.where, in_, true};
    if (what.no_facade_reason.empty()) {
      check_name(scope, what.name, self);
      if (hides_what_the_text_needs(what.name)) {
        found_.push_back({diagnostic_id::name_taken,
                          what.where,
                          fmt::format("a facade named '{}' would hide ::{} from its own entries",
                                      what.name, what.name),
                          {{{}, "rename the class"}}});
      }
    }
    check_methods(scope, what);
  }

  void check_methods(const std::string& scope, const record& what) {
    // Specialisations of one template have classes of their own.
    const std::string inside =
        fmt::format("{}::{}", scope, what.head.empty() ? what.name : what.type);
    for (const function& method : what.methods) {
      check_constructor_names(what, method);
      check_signatures(inside, method,
                       {method.qualified_name, what.namespaces, method.where, in_, false});
    }
    for (const record& inner : what.nested) check_methods(inside, inner);
  }

  /// A method with the name of the class that it is in would be a constructor.
  void check_constructor_names(const record& what, const function& method) {
    const std::string& name = method.entry_name();
    const bool is_facade = name == what.name && what.no_facade_reason.empty();
    if (name != "ref" && !is_facade) return;
    found_.push_back(
        {diagnostic_id::name_taken,
         method.where,
         fmt::format("the entries of '{}' cannot have the name of {}", method.qualified_name,
                     is_facade ? "the facade that they are in" : "smartasync::ref"),
         {{{}, "give them another with name = \"...\""}}});
  }

  std::string target(const std::vector<std::string>& author, const source_position& where,
                     const std::string& name) {
    const std::vector<std::string> parts = namespaces_.target(author);
    for (std::size_t i = 1; i < parts.size(); ++i) {
      if (!hides_what_the_text_needs(parts[i])) continue;
      found_.push_back({diagnostic_id::name_taken,
                        where,
                        fmt::format("the entries of '{}' would go to '{}', where '{}' hides ::{}",
                                    name, joined(parts), parts[i], parts[i]),
                        {{{}, "send them elsewhere with --namespace-map"}}});
    }
    return joined(parts);
  }

  /// A name is a class's or any number of functions'.
  void check_name(const std::string& scope, const std::string& name, const owner& self) {
    auto& owners = names_[fmt::format("{}::{}", scope, name)];
    for (const owner& other : owners) {
      if (!other.is_class && !self.is_class) continue;
      if (are_alternatives(self, other)) continue;
      report(self, other, fmt::format("'{}'", qualified(scope, name)));
      return;
    }
    owners.push_back(self);
  }

  void check_signatures(const std::string& scope, const function& what, const owner& self) {
    std::vector<std::size_t> arities = what.shorter_arities;
    arities.push_back(what.parameters.size());
    for (const std::size_t arity : arities) {
      const std::string key = signature_key(what, arity);
      const auto [place, is_new] = signatures_.emplace(fmt::format("{}::{}", scope, key), self);
      if (is_new || are_alternatives(self, place->second)) continue;
      report(self, place->second, fmt::format("'{}'", qualified(scope, key)));
      return;
    }
  }

  static bool are_alternatives(const owner& one, const owner& other) {
    return one.in != other.in && one.qualified_name == other.qualified_name &&
           one.is_class == other.is_class;
  }

  static std::string qualified(const std::string& scope, const std::string& name) {
    return scope.empty() ? name : fmt::format("{}::{}", scope, name);
  }

  void report(const owner& self, const owner& other, const std::string& entry) {
    const bool by_map = self.namespaces != other.namespaces;
    found_.push_back({by_map ? diagnostic_id::namespaces_clash : diagnostic_id::entries_clash,
                      self.where,
                      fmt::format("'{}' and '{}' would both have the entry {}",
                                  other.qualified_name, self.qualified_name, entry),
                      {{other.where, "the other one is here"},
                       {{},
                        by_map ? "send one of the namespaces elsewhere with --namespace-map"
                               : "give one of them another entry with name = \"...\""}}});
  }

  const namespace_map& namespaces_;
  const unit* in_ = nullptr;
  std::map<std::string, std::vector<owner>> names_;
  std::map<std::string, owner> signatures_;
  std::vector<diagnostic> found_;
};

}  // namespace

std::vector<diagnostic> check_entry_scopes(const std::vector<unit>& units,
                                           const namespace_map& namespaces) {
  scope_check check(namespaces);
  for (const unit& each : units) check.check(each);
  return check.take();
}

}  // namespace smartasync::gen
