// SPDX-License-Identifier: MIT
#include "output/manifest.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <variant>

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace smartasync::gen {
namespace {

namespace json = llvm::json;

constexpr int version = 1;

llvm::StringRef kind_text(const function& what) {
  if (!what.kind) return "by_result";
  return *what.kind == call_kind::async ? "async" : "sync";
}

llvm::StringRef keep_text(keep_policy policy) {
  switch (policy) {
    case keep_policy::moved:
      return "moved";
    case keep_policy::copied:
      return "copied";
    case keep_policy::viewed:
      return "viewed";
    case keep_policy::own_text:
      return "own_text";
    case keep_policy::own_target:
      return "own_target";
    case keep_policy::borrowed:
      return "borrowed";
    case keep_policy::in_place:
      return "in_place";
    case keep_policy::by_type:
      return "by_type";
    case keep_policy::borrowed_by_type:
      return "borrowed_by_type";
    case keep_policy::owned_by_type:
      return "owned_by_type";
  }
  return "";
}

std::string signature(const function& what) {
  std::string text = what.qualified_name + "(";
  for (const parameter& each : what.parameters) {
    text += (text.ends_with('(') ? "" : ", ") + each.type + (each.is_pack ? "..." : "");
  }
  text += what.is_const ? ") const" : ")";
  if (what.ref != ref_qualifier::none) text += what.ref == ref_qualifier::lvalue ? " &" : " &&";
  return text;
}

json::Object parameter_object(const parameter& what) {
  json::Object object{{"name", what.name}, {"type", what.type}, {"capture", keep_text(what.keep)}};
  if (!what.owner.empty()) object["owner"] = what.owner;
  if (!what.keep_reason.empty()) object["reason"] = what.keep_reason;
  if (what.default_text) object["default"] = *what.default_text;
  return object;
}

json::Object function_object(const function& what, const std::string& owner) {
  json::Object object{{"signature", signature(what)},
                      {"entry", what.entry_name()},
                      {"kind", kind_text(what)},
                      {"result", what.is_deduced() ? std::string("auto") : what.result}};
  if (!owner.empty()) object["class"] = owner;
  if (!what.head.empty()) {
    json::Array parameters;
    for (const template_parameter& each : what.head.parameters) {
      parameters.push_back(each.declaration);
    }
    object["template"] = std::move(parameters);
  }
  json::Array parameters;
  for (const parameter& each : what.parameters) parameters.push_back(parameter_object(each));
  object["parameters"] = std::move(parameters);
  if (what.marks.executor) object["executor"] = *what.marks.executor;
  if (what.marks.loop) object["loop"] = *what.marks.loop;
  if (what.marks.serial) object["serial"] = true;
  if (what.marks.debug) object["debug"] = true;
  if (what.is_static) object["static"] = true;
  if (what.is_noexcept) object["noexcept"] = true;
  if (what.takes_stop_token) object["stop_token"] = true;
  return object;
}

void add_functions(json::Array& into, const record& what) {
  for (const function& each : what.methods) {
    into.push_back(function_object(each, what.qualified_name));
  }
  for (const record& inner : what.nested) add_functions(into, inner);
}

json::Object header_object(const unit& what) {
  json::Array functions;
  for (const auto& item : what.items) {
    if (const auto* alone = std::get_if<function>(&item)) {
      functions.push_back(function_object(*alone, {}));
    } else {
      add_functions(functions, std::get<record>(item));
    }
  }
  json::Object object{{"header", what.include_name}, {"functions", std::move(functions)}};
  if (!what.skipped.empty()) {
    json::Array skipped;
    for (const skipped_function& each : what.skipped) {
      skipped.push_back(json::Object{{"function", each.qualified_name}, {"reason", each.reason}});
    }
    object["skipped"] = std::move(skipped);
  }
  return object;
}

/// One entry of a manifest that is read again, and where it belongs.
struct listed {
  std::string name;  ///< header, class, template's head and signature
  std::string shown;
  const json::Object* object;
};

std::string value_text(const json::Value* value) {
  if (value == nullptr) return "none";
  if (const auto text = value->getAsString()) return text->str();
  std::string text;
  llvm::raw_string_ostream(text) << *value;
  return text;
}

std::optional<std::vector<listed>> entries_of(const json::Object& manifest) {
  const json::Array* headers = manifest.getArray("headers");
  if (headers == nullptr || manifest.getInteger("version") != version) return std::nullopt;
  std::vector<listed> all;
  for (const json::Value& header : *headers) {
    const json::Object* object = header.getAsObject();
    const json::Array* functions = object == nullptr ? nullptr : object->getArray("functions");
    if (functions == nullptr) return std::nullopt;
    for (const json::Value& each : *functions) {
      const json::Object* one = each.getAsObject();
      if (one == nullptr || !one->getString("signature")) return std::nullopt;
      const std::string shown = one->getString("signature")->str();
      all.push_back({object->getString("header").value_or("").str() + '\n' +
                         one->getString("class").value_or("").str() + '\n' +
                         value_text(one->get("template")) + '\n' + shown,
                     shown, one});
    }
  }
  return all;
}

void compare_values(const json::Object& before, const json::Object& after, llvm::StringRef key,
                    const std::string& word, const std::string& shown,
                    std::vector<manifest_change>& changes) {
  const std::string old_text = value_text(before.get(key));
  const std::string new_text = value_text(after.get(key));
  if (old_text != new_text) {
    changes.push_back({shown, word + ": " + old_text + " -> " + new_text});
  }
}

void compare(const listed& before, const listed& after, std::vector<manifest_change>& changes) {
  for (const char* key : {"entry", "kind", "result", "executor", "loop", "serial", "debug",
                          "static", "noexcept", "stop_token"}) {
    compare_values(*before.object, *after.object, key, key, after.shown, changes);
  }
  const json::Array* old_list = before.object->getArray("parameters");
  const json::Array* new_list = after.object->getArray("parameters");
  if (old_list == nullptr || new_list == nullptr) return;
  for (std::size_t i = 0; i < std::min(old_list->size(), new_list->size()); ++i) {
    const json::Object* old_one = (*old_list)[i].getAsObject();
    const json::Object* new_one = (*new_list)[i].getAsObject();
    if (old_one == nullptr || new_one == nullptr) continue;
    const std::string which = " of argument " + std::to_string(i + 1) + " (" +
                              new_one->getString("name").value_or("").str() + ")";
    for (const char* key : {"capture", "owner", "default"}) {
      compare_values(*old_one, *new_one, key, key + which, after.shown, changes);
    }
  }
}

}  // namespace

std::string manifest_text(const std::vector<unit>& units) {
  json::Array headers;
  for (const unit& each : units) headers.push_back(header_object(each));
  std::string text;
  llvm::raw_string_ostream out(text);
  json::OStream writer(out, /*IndentSize=*/2);
  writer.value(json::Object{{"version", version}, {"headers", std::move(headers)}});
  return text + '\n';
}

std::optional<std::vector<manifest_change>> manifest_changes(std::string_view before,
                                                             std::string_view after) {
  llvm::Expected<json::Value> old_value =
      json::parse(llvm::StringRef(before.data(), before.size()));
  llvm::Expected<json::Value> new_value = json::parse(llvm::StringRef(after.data(), after.size()));
  if (!old_value || !new_value) {
    llvm::consumeError(old_value.takeError());
    llvm::consumeError(new_value.takeError());
    return std::nullopt;
  }
  const json::Object* old_object = old_value->getAsObject();
  const json::Object* new_object = new_value->getAsObject();
  if (old_object == nullptr || new_object == nullptr) return std::nullopt;
  const auto old_entries = entries_of(*old_object);
  const auto new_entries = entries_of(*new_object);
  if (!old_entries || !new_entries) return std::nullopt;
  // Overloads that differ in their constraints alone are told apart by their order.
  std::map<std::string, std::deque<const listed*>> before_by_name;
  for (const listed& each : *old_entries) before_by_name[each.name].push_back(&each);
  std::vector<manifest_change> changes;
  std::vector<manifest_change> added;
  for (const listed& each : *new_entries) {
    auto& same = before_by_name[each.name];
    if (same.empty()) {
      added.push_back({each.shown, "entry added"});
    } else {
      compare(*same.front(), each, added);
      same.pop_front();
    }
  }
  for (const listed& each : *old_entries) {
    auto& left = before_by_name[each.name];
    if (!left.empty() && left.front() == &each) {
      changes.push_back({each.shown, "entry removed"});
      left.pop_front();
    }
  }
  changes.insert(changes.end(), added.begin(), added.end());
  return changes;
}

}  // namespace smartasync::gen
