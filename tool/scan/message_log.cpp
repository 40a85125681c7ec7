// SPDX-License-Identifier: MIT
#include "scan/message_log.hpp"

#include <clang/Basic/SourceManager.h>
#include <llvm/ADT/SmallString.h>

namespace smartasync::gen {
namespace {

bool mentions_attribute(llvm::StringRef text) {
  return text.contains("'smartasync'") || text.contains("'smartasync::dual'") ||
         text.contains("'dual'") || text.contains("'clang::annotate'") ||
         text.contains("'annotate'");
}

diagnostic_id id_of(clang::DiagnosticsEngine::Level level, llvm::StringRef text,
                    const source_position& where) {
  if (level < clang::DiagnosticsEngine::Error) {
    return diagnostic_id::attribute_on_non_function;
  }
  if (where.line == 0) {
    return diagnostic_id::compiler_flags;
  }
  if (mentions_attribute(text) && text.contains("cannot be applied to types")) {
    return diagnostic_id::attribute_misplaced;
  }
  return diagnostic_id::header_error;
}

}  // namespace

unsigned main_line(const clang::SourceManager& sources, clang::SourceLocation location) {
  if (location.isInvalid()) {
    return 0;
  }
  clang::SourceLocation place = sources.getExpansionLoc(location);
  while (place.isValid() && sources.getFileID(place) != sources.getMainFileID()) {
    place = sources.getIncludeLoc(sources.getFileID(place));
  }
  return place.isValid() ? sources.getSpellingLineNumber(place) : 0;
}

void message_log::add_note(source_position where, unsigned main_line, std::string text) {
  compiler_message& last = messages_.back();
  if (!last_was_kept_ || last.finding.id == diagnostic_id::compiler_flags) {
    return;
  }
  if (last.is_in_main_file && where.line != 0) {
    // What a header leaves open is missed after its end, in our own file; the note is in the
    // header.
    last.is_in_main_file = false;
    last.main_line = main_line;
    last.finding.where = std::move(where);
    last.finding.message += " (" + text + ")";
    return;
  }
  last.finding.notes.push_back({std::move(where), std::move(text)});
}

void message_log::HandleDiagnostic(clang::DiagnosticsEngine::Level level,
                                   const clang::Diagnostic& reported) {
  clang::DiagnosticConsumer::HandleDiagnostic(level, reported);
  llvm::SmallString<256> text;
  reported.FormatDiagnostic(text);

  compiler_message message;
  if (reported.hasSourceManager() && reported.getLocation().isValid()) {
    const clang::SourceManager& sources = reported.getSourceManager();
    message.finding.where = positions(sources, names_).at(reported.getLocation());
    message.main_line = main_line(sources, reported.getLocation());
    message.is_in_main_file = sources.isInMainFile(sources.getExpansionLoc(reported.getLocation()));
  }
  if (level == clang::DiagnosticsEngine::Note) {
    if (!messages_.empty()) {
      add_note(message.finding.where, message.is_in_main_file ? 0 : message.main_line,
               text.str().str());
    }
    return;
  }
  last_was_kept_ = level >= clang::DiagnosticsEngine::Error ||
                   (level == clang::DiagnosticsEngine::Warning && mentions_attribute(text));
  if (!last_was_kept_) {
    return;
  }
  message.finding.id = id_of(level, text, message.finding.where);
  message.finding.message = text.str().str();
  if (message.finding.id == diagnostic_id::attribute_misplaced) {
    message.finding.message = "the attribute stands where it belongs to the type";
    message.finding.notes.push_back({{}, "move it before the return type"});
  } else if (message.finding.id == diagnostic_id::attribute_on_non_function) {
    message.finding.notes.push_back({{}, "put the attribute before a function or method"});
  }
  messages_.push_back(std::move(message));
}

}  // namespace smartasync::gen
