// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/source_position.hpp"

namespace smartasync::gen {

/// severity of a finding. An `error` anywhere means that no output is touched.
enum class severity { error, warning, note };

/// diagnostic_id has one member for each line of diagnostics.def, the one list of all findings.
enum class diagnostic_id {
#define SMARTASYNC_DIAGNOSTIC(id, name, level, summary) id,
#include "model/diagnostics.def"
#undef SMARTASYNC_DIAGNOSTIC
};

/// diagnostic_name() is the stable kebab-case name: what SARIF, CI and the documentation show.
std::string_view diagnostic_name(diagnostic_id id);

/// diagnostic_severity() is the level that diagnostics.def gives.
severity diagnostic_severity(diagnostic_id id);

/// diagnostic_summary() is the one-sentence explanation in diagnostics.def.
std::string_view diagnostic_summary(diagnostic_id id);

/// diagnostic_note is a further place or the remedy, printed under its diagnostic. A note with an
/// empty file is printed at the place of the diagnostic itself.
struct diagnostic_note {
  source_position where;
  std::string message;
};

/// diagnostic is one finding about a header or its annotations.
struct diagnostic {
  diagnostic_id id;
  source_position where;
  std::string message;
  std::vector<diagnostic_note> notes;
};

/// has_error() tells whether one of the findings is an error.
bool has_error(const std::vector<diagnostic>& findings);

}  // namespace smartasync::gen
