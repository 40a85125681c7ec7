// SPDX-License-Identifier: MIT
#include "emit/argument.hpp"

#include <string_view>

#include <fmt/format.h>

namespace smartasync::gen {
namespace {

// `int&`, `int (&)[4]`, `void (&)(int)`; but not the pointer to function `void (*)(int&)`.
bool is_reference(std::string_view type) {
  return type.ends_with('&') || type.find("(&") != std::string_view::npos;
}

bool is_rvalue_reference(std::string_view type) {
  return type.ends_with("&&") || type.find("(&&") != std::string_view::npos;
}

bool is_by_type(const parameter& what) {
  return what.keep == keep_policy::by_type || what.keep == keep_policy::borrowed_by_type ||
         what.keep == keep_policy::owned_by_type;
}

/// By value or by &&: what arrives is the function's own, and is moved on.
bool is_moved(const parameter& what) {
  if (is_rvalue_reference(what.type)) return true;
  return !what.scalar && !is_reference(what.type) && what.keep != keep_policy::viewed;
}

std::string pointee(std::string_view pointer) {
  if (pointer.ends_with('*')) pointer.remove_suffix(1);
  while (pointer.ends_with(' ')) pointer.remove_suffix(1);
  return std::string(pointer);
}

}  // namespace

std::string policy_text(const parameter& what) {
  const std::string& passed =
      is_reference(what.type) && !is_rvalue_reference(what.type) ? what.type : what.value_type;
  switch (what.keep) {
    case keep_policy::moved:
      return fmt::format("smartasync::moved<{}>", what.value_type);
    case keep_policy::copied:
      return fmt::format("smartasync::copied<{}>", what.value_type);
    case keep_policy::viewed:
      return fmt::format("smartasync::viewed<{}, {}>", what.value_type, what.owner);
    case keep_policy::own_text:
      return "smartasync::owned_text";
    case keep_policy::own_target:
      return fmt::format("smartasync::owned_target<{}>", pointee(what.value_type));
    case keep_policy::borrowed:
      return fmt::format("smartasync::borrowed<{}>", passed);
    case keep_policy::by_type:
      return fmt::format("smartasync::kept<{}, result>{}", what.type, what.is_pack ? "..." : "");
    case keep_policy::borrowed_by_type:
      return fmt::format("smartasync::kept_borrowed<{}>{}", what.type, what.is_pack ? "..." : "");
    case keep_policy::owned_by_type:
      return fmt::format("smartasync::kept_owned<{}>{}", what.type, what.is_pack ? "..." : "");
    case keep_policy::in_place:
      break;
  }
  return fmt::format("smartasync::in_place<{}>", passed);
}

bool is_borrowed(const parameter& what) {
  // Of what a template's arguments decide only a reference that can be written through is certain.
  if (is_by_type(what)) {
    const bool is_pointer = what.type.ends_with('*');
    return is_pointer || (is_reference(what.type) && !is_rvalue_reference(what.type) &&
                          !what.type.starts_with("const "));
  }
  return what.keep == keep_policy::borrowed || what.keep == keep_policy::in_place;
}

std::string entry_parameter(const parameter& what, bool marked) {
  std::string text = what.declaration;
  if (marked && is_borrowed(what)) {
    // Behind the name where that ends the declaration; `int (&values)[4]` takes it in front.
    text = text.ends_with(what.name) ? fmt::format("{} SMARTASYNC_LIFETIMEBOUND", text)
                                     : fmt::format("SMARTASYNC_LIFETIMEBOUND {}", text);
  }
  if (what.default_text) text += fmt::format(" = {}", *what.default_text);
  return text;
}

std::string invoke_parameter(const parameter& what) {
  if (is_moved(what) && !is_reference(what.type)) {
    return fmt::format("{}&&{} {}", is_by_type(what) ? what.type : what.value_type,
                       what.is_pack ? "..." : "", what.name);
  }
  return what.declaration;
}

std::string passed_on(const parameter& what) {
  const std::string_view expansion = what.is_pack ? "..." : "";
  if (!is_moved(what)) return fmt::format("{}{}", what.name, expansion);
  if (!is_by_type(what)) return fmt::format("std::move({})", what.name);
  std::string_view type = what.type;
  if (type.ends_with("&&")) type.remove_suffix(2);
  return fmt::format("std::forward<{}>({}){}", type, what.name, expansion);
}

}  // namespace smartasync::gen
