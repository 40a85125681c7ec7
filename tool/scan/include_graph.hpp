// SPDX-License-Identifier: MIT
#pragma once

#include <clang/Basic/SourceManager.h>
#include <clang/Lex/PPCallbacks.h>
#include <clang/Lex/Preprocessor.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/DenseSet.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace smartasync::gen {

/// include_graph is what the preprocessor saw of a translation unit that includes many headers: who
/// includes whom, and whose macros each file depends on.
class include_graph {
 public:
  using file = const clang::FileEntry*;
  using files = llvm::DenseSet<file>;

  explicit include_graph(const clang::SourceManager& sources) : sources_(sources) {}

  /// recorder() is what to add to the preprocessor; it must not outlive the graph.
  std::unique_ptr<clang::PPCallbacks> recorder();

  /// closure() is a file and all that it includes through any depth.
  files closure(file root) const;

  /// depends_on_neighbours() tells whether reading the header alone could give something else: a
  /// file of its closure tested, expanded or lost a macro that is defined outside of the closure.
  bool depends_on_neighbours(file header) const;

  /// paths() are the real paths of files, sorted.
  std::vector<std::string> paths(const files& members) const;

  /// skipped() are the ranges that conditions left out, in the order in which they were met.
  const std::vector<clang::SourceRange>& skipped() const { return skipped_; }

  /// included_by_main() is the file that the line of the main file includes.
  file included_by_main(unsigned line) const;

 private:
  class callbacks;
  struct macro_use {
    file user;
    file definer;
    bool removes;
  };

  file file_of(clang::SourceLocation location) const;
  void use(clang::SourceLocation where, const clang::MacroInfo* macro, bool removes);

  const clang::SourceManager& sources_;
  llvm::DenseMap<file, files> includes_;
  llvm::DenseMap<file, std::string> names_;
  llvm::DenseMap<unsigned, file> main_lines_;
  llvm::DenseSet<std::pair<file, std::pair<file, unsigned>>> seen_;
  std::vector<macro_use> uses_;
  std::vector<clang::SourceRange> skipped_;
};

}  // namespace smartasync::gen
