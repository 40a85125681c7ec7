// SPDX-License-Identifier: MIT
#include "cli/reporter.hpp"

#include <cstdlib>
#include <utility>

#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"
#include "output/diagnostic_text.hpp"

namespace smartasync::gen {

reporter::reporter(const options& given)
    : github_(given.diagnostics_format == "github"),
      quiet_(given.quiet),
      verbose_(given.verbose),
      colour_(llvm::sys::Process::StandardErrHasColors() && std::getenv("NO_COLOR") == nullptr) {}

void reporter::rename(source_position& where) const {
  if (const auto given = names_.find(where.file); given != names_.end()) {
    where.file = given->second;
  }
}

void reporter::add(diagnostic finding) {
  rename(finding.where);
  for (diagnostic_note& note : finding.notes) {
    rename(note.where);
  }
  const severity level = diagnostic_severity(finding.id);
  failed_ = failed_ || level == severity::error;
  if (!(level == severity::warning && quiet_) && !(level == severity::note && !verbose_)) {
    llvm::errs() << (github_ ? diagnostic_github(finding) : diagnostic_text(finding, colour_));
  }
  findings_.push_back(std::move(finding));
}

void reporter::add(const std::vector<diagnostic>& findings) {
  for (const diagnostic& each : findings) {
    add(each);
  }
}

void reporter::say(std::string_view line) const {
  if (verbose_) {
    llvm::errs() << "smartasync-gen: " << line << '\n';
  }
}

}  // namespace smartasync::gen
