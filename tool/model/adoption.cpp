// SPDX-License-Identifier: MIT
#include "model/adoption.hpp"

#include <algorithm>

#include "model/name_pattern.hpp"

namespace smartasync::gen {

bool is_excluded(const adoption_rule& rule, std::string_view function) {
  const auto last = function.rfind("::");
  const std::string_view own =
      last == std::string_view::npos ? function : function.substr(last + 2);
  return std::any_of(rule.exclude.begin(), rule.exclude.end(), [&](const std::string& pattern) {
    const bool is_qualified = pattern.find("::") != std::string::npos;
    return matches_name(pattern, is_qualified ? function : own);
  });
}

std::vector<adopted_name> adoption::select(std::string_view function,
                                           std::string_view scope) const {
  std::vector<adopted_name> found;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (is_excluded(rules[i], function)) continue;
    for (std::size_t j = 0; j < rules[i].names.size(); ++j) {
      const std::string& name = rules[i].names[j];
      const bool by_class = !scope.empty() && matches_name(name, scope);
      if (by_class || matches_name(name, function)) {
        found.push_back({i, j, by_class || is_glob(name)});
      }
    }
  }
  return found;
}

}  // namespace smartasync::gen
