// SPDX-License-Identifier: MIT
#include "emit/blocking_text.hpp"

#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "emit/argument.hpp"
#include "emit/layout.hpp"
#include "emit/template_text.hpp"

namespace smartasync::gen {
namespace {

/// Only a task can be made here of a call that blocks.
bool is_served(const function& what) {
  return what.is_overridable && what.kind == call_kind::async && what.head.empty() &&
         what.returns.starts_with("smartasync::task<");
}

/// A local name that no parameter has.
std::string call_name(const function& what) {
  std::string name = "call";
  for (const parameter& each : what.parameters) {
    if (each.name == name) name += '_';
  }
  return name;
}

std::string method_text(const function& what) {
  signature plain;
  plain.attributes = what.nodiscard && what.result != "void" ? "[[nodiscard]]" : "";
  plain.specifiers = "virtual";
  plain.result = what.result;
  plain.name = what.name;
  plain.parameters = {"smartasync::sync_t"};
  signature own;
  own.result = what.returns;
  own.name = what.name;
  std::vector<std::string> arguments{"smartasync::sync"};
  for (const parameter& each : what.parameters) {
    plain.parameters.push_back(each.declaration);
    own.parameters.push_back(each.declaration);
    arguments.push_back(passed_on(each));
  }
  if (what.takes_stop_token) {
    plain.parameters.emplace_back("std::stop_token stop");
    own.parameters.emplace_back("std::stop_token stop");
    arguments.emplace_back("std::move(stop)");
  }
  const std::string_view ref = what.ref == ref_qualifier::lvalue   ? "&"
                               : what.ref == ref_qualifier::rvalue ? "&&"
                                                                   : "";
  const std::string_view self = what.ref == ref_qualifier::rvalue ? "std::move(*this)." : "this->";
  const std::string_view constness = what.is_const ? "const" : "";
  plain.suffix = joined_words({constness, ref, "= 0"});
  own.suffix = joined_words({constness, ref, what.is_noexcept ? "noexcept" : "", "override"});
  std::string declaration = signature_lines(2, plain);
  declaration.replace(declaration.rfind(" {"), 2, ";");
  const std::string call = call_name(what);
  return fmt::format(
      "{}{}"
      "    auto {} = [&]() -> {} {{\n{}    }};\n"
      "    co_return co_await smartasync::detail::offload_blocking({});\n"
      "  }}\n",
      declaration, signature_lines(2, own), call, what.result,
      call_lines(6, fmt::format("return {}{}", self, what.name), arguments, ";"), call);
}

}  // namespace

std::string blocking_text(const planned_item& what) {
  const record& owner = *what.owner;
  std::string methods;
  for (const function& each : owner.methods) {
    if (is_served(each)) methods += '\n' + method_text(each);
  }
  if (methods.empty() || !owner.can_be_base) return {};
  return fmt::format(
      "\n"
      "/// The base of a plug-in for {} whose calls block: they are offloaded.\n"
      "{}"
      "class smartasync::blocking<{}> : public {} {{\n"
      " public:\n"
      "  using {}::{};\n"
      "{}}};\n",
      owner.qualified_name, owner.head.empty() ? "template <>\n" : head_lines(0, owner.head, false),
      owner.type, owner.type, owner.type, owner.name, methods);
}

}  // namespace smartasync::gen
