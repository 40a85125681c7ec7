// SPDX-License-Identifier: MIT
#include "emit/template_text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace smartasync::gen {
namespace {

/// A constraint as one operand of `&&`.
std::string conjunct(const std::string& text) {
  return text.find("||") == std::string::npos ? text : fmt::format("({})", text);
}

}  // namespace

std::vector<template_level> template_levels(const template_head& outer,
                                            const template_head& inner) {
  std::vector<template_level> levels;
  bool is_open = false;
  for (const template_head* head : {&outer, &inner}) {
    for (const template_parameter& each : head->parameters) {
      if (!is_open) levels.emplace_back();
      levels.back().push_back(each);
      is_open = !each.is_pack;
    }
  }
  return levels;
}

std::string bare_head(std::span<const template_parameter> parameters) {
  std::vector<std::string> texts;
  for (const template_parameter& each : parameters) texts.push_back(each.bare);
  return fmt::format("template <{}>", fmt::join(texts, ", "));
}

std::string argument_list(std::span<const template_parameter> parameters) {
  if (parameters.empty()) return {};
  std::vector<std::string> texts;
  for (const template_parameter& each : parameters) texts.push_back(each.argument());
  return fmt::format("<{}>", fmt::join(texts, ", "));
}

std::string explicit_arguments(const template_head& what) {
  const auto& all = what.parameters;
  const auto pack = std::find_if(all.begin(), all.end(),
                                 [](const template_parameter& each) { return each.is_pack; });
  const bool is_last = pack == all.end() || pack + 1 == all.end();
  return argument_list(is_last ? std::span(all) : std::span(all.begin(), pack));
}

std::string head_lines(indent at, const template_head& what, bool with_defaults,
                       const std::string& further) {
  if (what.empty()) return {};
  std::vector<std::string> texts;
  for (const template_parameter& each : what.parameters) {
    texts.push_back(with_defaults && !each.default_text.empty()
                        ? fmt::format("{} = {}", each.declaration, each.default_text)
                        : each.declaration);
  }
  std::string text = template_lines(at, "template ", texts, "");
  std::string wanted = further;
  if (!what.requires_text.empty()) {
    wanted = wanted.empty() ? what.requires_text
                            : fmt::format("{} && {}", wanted, conjunct(what.requires_text));
  }
  if (!wanted.empty()) text += fmt::format("{:{}}requires {}\n", "", at + 2, wanted);
  return text;
}

std::string untagged_constraint(const function& what) {
  if (what.parameters.empty() || what.parameters.front().deduced_as.empty()) return {};
  if (!what.has_tagged_entries()) return {};
  const parameter& first = what.parameters.front();
  return fmt::format("smartasync::untagged{}<{}>", first.is_pack ? "_first" : "", first.deduced_as);
}

}  // namespace smartasync::gen
