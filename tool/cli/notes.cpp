// SPDX-License-Identifier: MIT
#include "cli/notes.hpp"

#include <variant>

namespace smartasync::gen {

std::vector<const function*> functions_of(const unit& header) {
  std::vector<const function*> found;
  for (const auto& item : header.items) {
    if (const auto* alone = std::get_if<function>(&item)) {
      found.push_back(alone);
    } else {
      for (const function& method : std::get<record>(item).methods) {
        found.push_back(&method);
      }
    }
  }
  return found;
}

std::vector<diagnostic> notes_about(const std::vector<unit>& units) {
  std::vector<diagnostic> notes;
  for (const unit& header : units) {
    for (const auto& item : header.items) {
      const auto* type = std::get_if<record>(&item);
      if (type != nullptr && !type->no_facade_reason.empty()) {
        notes.push_back({diagnostic_id::no_facade,
                         type->where,
                         "'" + type->qualified_name + "' has no facade: " + type->no_facade_reason,
                         {{{}, "smartasync::ref has its entries"}}});
      }
    }
    for (const function* each : functions_of(header)) {
      for (const parameter& one : each->parameters) {
        if (!one.keep_reason.empty()) {
          notes.push_back({diagnostic_id::argument_borrowed,
                           each->where,
                           "a pending call of '" + each->qualified_name + "' borrows '" + one.name +
                               "': " + one.keep_reason,
                           {}});
        }
      }
    }
  }
  return notes;
}

}  // namespace smartasync::gen
