// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smartasync::gen {

/// namespace_rule is one `--namespace-map FROM=TO`; an empty part is the global namespace.
struct namespace_rule {
  std::vector<std::string> from;
  std::vector<std::string> to;
};

/// parse_namespace_rule() reads `shop::impl=shop`. A leading `::` is allowed on either side and
/// alone names the global namespace (`shop=::`). Empty for anything else.
std::optional<namespace_rule> parse_namespace_rule(std::string_view text);

/// namespace_map says into which namespace the entries of an author's namespace go.
class namespace_map {
 public:
  namespace_map() = default;
  explicit namespace_map(std::vector<namespace_rule> rules) : rules_(std::move(rules)) {}

  /// target() is the namespace for the entries of what is declared in `author`. The rule with the
  /// longest `from` that begins `author` holds, and the parts of `author` after it are kept:
  /// with `shop::impl=shop`, `shop::impl::detail` goes to `shop::detail`. Of two rules for the same
  /// `from` the later holds. Where none fits, it is `author` with `smart` added.
  std::vector<std::string> target(const std::vector<std::string>& author) const;

 private:
  std::vector<namespace_rule> rules_;
};

/// joined() is `shop::impl`, and empty for the global namespace.
std::string joined(const std::vector<std::string>& namespaces);

}  // namespace smartasync::gen
