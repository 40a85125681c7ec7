// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/Decl.h>
#include <clang/Basic/SourceManager.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/DenseSet.h>

namespace smartasync::gen {

/// declaration_log notes what the description of each header rests on: the names that it spells and
/// the classes that it found complete. In a translation unit of many headers these can come from a
/// neighbour, and the header must then be read alone. One log at a time is open on a thread; where
/// none is, nothing is noted.
class declaration_log {
 public:
  using file = const clang::FileEntry*;

  declaration_log();
  ~declaration_log();
  declaration_log(const declaration_log&) = delete;
  declaration_log& operator=(const declaration_log&) = delete;

  /// enter() says to which header belongs what is noted next.
  void enter(file header) { header_ = header; }

  /// note_name() and note_definition() write into the open log.
  static void note_name(const clang::Decl& named);
  static void note_definition(const clang::Decl& definition);

  /// is_covered() tells whether all that was noted for a header is declared in the given files.
  bool is_covered(file header, const llvm::DenseSet<file>& files,
                  const clang::SourceManager& sources) const;

 private:
  struct notes {
    llvm::DenseSet<const clang::Decl*> names;
    llvm::DenseSet<const clang::Decl*> definitions;
  };

  file header_ = nullptr;
  llvm::DenseMap<file, notes> notes_;
};

}  // namespace smartasync::gen
