// SPDX-License-Identifier: MIT
#pragma once

#include <clang/Basic/Diagnostic.h>

#include <string>
#include <vector>

#include "model/diagnostic.hpp"
#include "scan/positions.hpp"

namespace smartasync::gen {

/// compiler_message is an error of Clang's, or a warning that tells that our attribute was not
/// seen.
struct compiler_message {
  unsigned main_line = 0;  ///< line of the main file that led to it; 0: none, as for a bad flag
  bool is_in_main_file = false;
  diagnostic finding;
};

/// message_log keeps what Clang reports, instead of printing it.
class message_log : public clang::DiagnosticConsumer {
 public:
  explicit message_log(const shown_names& names) : names_(names) {}

  void HandleDiagnostic(clang::DiagnosticsEngine::Level level,
                        const clang::Diagnostic& reported) override;

  const std::vector<compiler_message>& messages() const { return messages_; }

 private:
  void add_note(source_position where, unsigned main_line, std::string text);

  const shown_names& names_;
  std::vector<compiler_message> messages_;
  bool last_was_kept_ = false;
};

/// main_line() is the line of the main file whose include directive led to a location, 0 if none.
unsigned main_line(const clang::SourceManager& sources, clang::SourceLocation location);

}  // namespace smartasync::gen
