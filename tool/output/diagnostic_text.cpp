// SPDX-License-Identifier: MIT
#include "output/diagnostic_text.hpp"

#include <algorithm>
#include <string_view>

#include "llvm/Support/Unicode.h"

namespace smartasync::gen {
namespace {

constexpr std::string_view tool = "smartasync-gen";

// The escape sequences that Clang uses; each empty where there is no terminal.
struct palette {
  std::string_view bold, error, warning, note, caret, off;
};

constexpr palette plain{};
constexpr palette coloured{"\x1b[1m",      "\x1b[0;1;31m", "\x1b[0;1;35m",
                           "\x1b[0;1;36m", "\x1b[0;1;32m", "\x1b[0m"};

std::string place_text(const source_position& where) {
  if (where.file.empty()) {
    return std::string(tool);
  }
  std::string text = where.file;
  if (where.line != 0) {
    text += ":" + std::to_string(where.line);
    if (where.column != 0) {
      text += ":" + std::to_string(where.column);
    }
  }
  return text;
}

// White space of the width that `text` has on a terminal; tabs stay tabs.
std::string blank(std::string_view text) {
  std::string blanks;
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, text.find('\t'));
    const int width =
        llvm::sys::unicode::columnWidthUTF8(llvm::StringRef(piece.data(), piece.size()));
    blanks.append(width < 0 ? piece.size() : static_cast<std::size_t>(width), ' ');
    text.remove_prefix(piece.size());
    if (!text.empty()) {
      blanks += '\t';
      text.remove_prefix(1);
    }
  }
  return blanks;
}

std::string snippet(const source_position& where, const palette& look) {
  if (where.line == 0 || where.line_text.empty()) {
    return {};
  }
  std::string number = std::to_string(where.line);
  number.insert(0, number.size() < 5 ? 5 - number.size() : 0, ' ');
  std::string text = number + " | " + where.line_text + "\n";
  if (where.column != 0) {
    const std::size_t before = std::min<std::size_t>(where.column - 1, where.line_text.size());
    text += std::string(number.size(), ' ') + " | " +
            blank(std::string_view(where.line_text).substr(0, before));
    text += look.caret;
    text += '^';
    text += look.off;
    text += '\n';
  }
  return text;
}

std::string head(const source_position& where, severity level, std::string_view message,
                 std::string_view name, const palette& look) {
  std::string text(look.bold);
  text += place_text(where) + ": ";
  switch (level) {
    case severity::error:
      text += std::string(look.error) + "error: ";
      break;
    case severity::warning:
      text += std::string(look.warning) + "warning: ";
      break;
    case severity::note:
      text += std::string(look.note) + "note: ";
      break;
  }
  text += look.off;
  text += level == severity::note ? std::string_view() : look.bold;
  text += message;
  if (!name.empty()) {
    text += " [smartasync-" + std::string(name) + "]";
  }
  text += look.off;
  text += '\n';
  return text;
}

// The characters that end a message or a property of a workflow command.
std::string for_github(std::string_view text, bool property) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '%':
        escaped += "%25";
        break;
      case '\r':
        escaped += "%0D";
        break;
      case '\n':
        escaped += "%0A";
        break;
      case ':':
        escaped += property ? "%3A" : ":";
        break;
      case ',':
        escaped += property ? "%2C" : ",";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace

std::string diagnostic_text(const diagnostic& finding, bool colour) {
  const palette& look = colour ? coloured : plain;
  std::string text = head(finding.where, diagnostic_severity(finding.id), finding.message,
                          diagnostic_name(finding.id), look) +
                     snippet(finding.where, look);
  for (const diagnostic_note& note : finding.notes) {
    const bool elsewhere = !note.where.file.empty();
    text += head(elsewhere ? note.where : finding.where, severity::note, note.message, {}, look);
    if (elsewhere) {
      text += snippet(note.where, look);
    }
  }
  return text;
}

std::string diagnostic_github(const diagnostic& finding) {
  std::string text = "::";
  switch (diagnostic_severity(finding.id)) {
    case severity::error:
      text += "error ";
      break;
    case severity::warning:
      text += "warning ";
      break;
    case severity::note:
      text += "notice ";
      break;
  }
  if (!finding.where.file.empty()) {
    text += "file=" + for_github(finding.where.file, true) + ",";
    if (finding.where.line != 0) {
      text += "line=" + std::to_string(finding.where.line) + ",";
    }
    if (finding.where.column != 0) {
      text += "col=" + std::to_string(finding.where.column) + ",";
    }
  }
  std::string message = finding.message;
  for (const diagnostic_note& note : finding.notes) {
    message += "\nnote: ";
    message += note.where.file.empty() ? std::string() : place_text(note.where) + ": ";
    message += note.message;
  }
  text += "title=smartasync-" + std::string(diagnostic_name(finding.id)) +
          "::" + for_github(message, false) + "\n";
  return text;
}

}  // namespace smartasync::gen
