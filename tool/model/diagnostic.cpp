// SPDX-License-Identifier: MIT
#include "model/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace smartasync::gen {
namespace {

struct finding {
  std::string_view name;
  severity level;
  std::string_view summary;
};

constexpr std::array findings{
#define SMARTASYNC_DIAGNOSTIC(id, name, level, summary) finding{name, severity::level, summary},
#include "model/diagnostics.def"
#undef SMARTASYNC_DIAGNOSTIC
};

const finding& look_up(diagnostic_id id) { return findings[static_cast<std::size_t>(id)]; }

}  // namespace

std::string_view diagnostic_name(diagnostic_id id) { return look_up(id).name; }

severity diagnostic_severity(diagnostic_id id) { return look_up(id).level; }

std::string_view diagnostic_summary(diagnostic_id id) { return look_up(id).summary; }

bool has_error(const std::vector<diagnostic>& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const diagnostic& one) {
    return diagnostic_severity(one.id) == severity::error;
  });
}

}  // namespace smartasync::gen
