// SPDX-License-Identifier: MIT
#include "cli/notes.hpp"

#include <variant>

namespace smartasync::gen {

namespace {

void add_methods(const record& what, std::vector<const function*>& found) {
  for (const function& method : what.methods) {
    found.push_back(&method);
  }
  for (const record& inner : what.nested) {
    add_methods(inner, found);
  }
}

void note_missing_facades(const record& what, std::vector<diagnostic>& notes) {
  if (!what.no_facade_reason.empty() && !what.methods.empty()) {
    notes.push_back({diagnostic_id::no_facade,
                     what.where,
                     "'" + what.qualified_name + "' has no facade: " + what.no_facade_reason,
                     {{{}, "smartasync::ref has its entries"}}});
  }
  for (const record& inner : what.nested) {
    note_missing_facades(inner, notes);
  }
}

}  // namespace

std::vector<const function*> functions_of(const unit& header) {
  std::vector<const function*> found;
  for (const auto& item : header.items) {
    if (const auto* alone = std::get_if<function>(&item)) {
      found.push_back(alone);
    } else {
      add_methods(std::get<record>(item), found);
    }
  }
  return found;
}

std::vector<diagnostic> notes_about(const std::vector<unit>& units) {
  std::vector<diagnostic> notes;
  for (const unit& header : units) {
    for (const auto& item : header.items) {
      if (const auto* type = std::get_if<record>(&item)) {
        note_missing_facades(*type, notes);
      }
    }
    for (const skipped_function& each : header.skipped) {
      notes.push_back({diagnostic_id::adoption_skipped,
                       each.where,
                       "'" + each.qualified_name + "' is not adopted: " + each.reason,
                       {}});
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
