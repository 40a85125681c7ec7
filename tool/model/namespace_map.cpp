// SPDX-License-Identifier: MIT
#include "model/namespace_map.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/identifier.hpp"

namespace smartasync::gen {
namespace {

/// The parts of `a::b`, of `::a::b`, and none for `::`; nothing for what is no namespace.
std::optional<std::vector<std::string>> parse_namespaces(std::string_view text) {
  std::vector<std::string> parts;
  if (text == "::") return parts;
  if (text.starts_with("::")) text.remove_prefix(2);
  for (;;) {
    const auto end = text.find("::");
    const std::string_view part = text.substr(0, end);
    if (!is_identifier(part)) return std::nullopt;
    parts.emplace_back(part);
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 2);
  }
}

}  // namespace

std::optional<namespace_rule> parse_namespace_rule(std::string_view text) {
  const auto sign = text.find('=');
  if (sign == std::string_view::npos) return std::nullopt;
  auto from = parse_namespaces(text.substr(0, sign));
  auto to = parse_namespaces(text.substr(sign + 1));
  if (!from || !to) return std::nullopt;
  return namespace_rule{std::move(*from), std::move(*to)};
}

std::vector<std::string> namespace_map::target(const std::vector<std::string>& author) const {
  const namespace_rule* longest = nullptr;
  for (const namespace_rule& rule : rules_) {
    const bool begins = rule.from.size() <= author.size() &&
                        std::equal(rule.from.begin(), rule.from.end(), author.begin());
    if (begins && (longest == nullptr || rule.from.size() >= longest->from.size())) {
      longest = &rule;
    }
  }
  if (longest == nullptr) {
    std::vector<std::string> target = author;
    target.emplace_back("smart");
    return target;
  }
  std::vector<std::string> target = longest->to;
  target.insert(target.end(), author.begin() + static_cast<std::ptrdiff_t>(longest->from.size()),
                author.end());
  return target;
}

std::string joined(const std::vector<std::string>& namespaces) {
  return fmt::format("{}", fmt::join(namespaces, "::"));
}

}  // namespace smartasync::gen
