// SPDX-License-Identifier: MIT
#include "scan/positions.hpp"

namespace smartasync::gen {
namespace {

// The line at an offset, without its end.
std::string line_at(llvm::StringRef text, unsigned offset, unsigned column) {
  const llvm::StringRef line = text.drop_front(offset - (column - 1)).take_until([](char c) {
    return c == '\n' || c == '\r';
  });
  return line.str();
}

}  // namespace

source_position positions::at(clang::SourceLocation location) const {
  source_position result;
  if (location.isInvalid()) {
    return result;
  }
  const auto [file, offset] = sources_.getDecomposedLoc(sources_.getExpansionLoc(location));
  const clang::OptionalFileEntryRef entry = sources_.getFileEntryRefForID(file);
  if (!entry) {
    return result;
  }
  const auto named = names_.find(entry->getFileEntry().tryGetRealPathName().str());
  result.file = named != names_.end() ? named->second : entry->getName().str();
  result.line = sources_.getLineNumber(file, offset);
  result.column = sources_.getColumnNumber(file, offset);
  bool invalid = false;
  const llvm::StringRef text = sources_.getBufferData(file, &invalid);
  if (!invalid) {
    result.line_text = line_at(text, offset, result.column);
  }
  return result;
}

}  // namespace smartasync::gen
