// SPDX-License-Identifier: MIT
#include "scan/declaration_log.hpp"

namespace smartasync::gen {
namespace {

thread_local declaration_log* open_log = nullptr;

}  // namespace

declaration_log::declaration_log() { open_log = this; }

declaration_log::~declaration_log() { open_log = nullptr; }

void declaration_log::note_name(const clang::Decl& named) {
  if (open_log != nullptr) {
    open_log->notes_[open_log->header_].names.insert(named.getCanonicalDecl());
  }
}

void declaration_log::note_definition(const clang::Decl& definition) {
  if (open_log != nullptr) {
    open_log->notes_[open_log->header_].definitions.insert(&definition);
  }
}

bool declaration_log::is_covered(file header, const llvm::DenseSet<file>& files,
                                 const clang::SourceManager& sources) const {
  const auto found = notes_.find(header);
  if (found == notes_.end()) {
    return true;
  }
  const auto is_in_files = [&](const clang::Decl* one) {
    const clang::SourceLocation place = sources.getExpansionLoc(one->getLocation());
    const file where =
        place.isInvalid() ? nullptr : sources.getFileEntryForID(sources.getFileID(place));
    return where == nullptr || files.contains(where);  // what the compiler itself declares
  };
  for (const clang::Decl* named : found->second.names) {
    if (llvm::none_of(named->redecls(), is_in_files)) {
      return false;
    }
  }
  return llvm::all_of(found->second.definitions, is_in_files);
}

}  // namespace smartasync::gen
