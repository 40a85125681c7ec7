// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/DeclCXX.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/DenseSet.h>

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "model/unit.hpp"
#include "scan/declaration_log.hpp"
#include "scan/scan_context.hpp"

namespace smartasync::gen {

/// declaration_walk finds what carries the attribute in the headers of a run and reads it.
class declaration_walk {
 public:
  using item = std::variant<function, record>;
  using file = const clang::FileEntry*;

  /// `units` are the headers of the run; their items are filled in source order.
  declaration_walk(scan_context& context, const llvm::DenseMap<file, unit*>& units,
                   declaration_log& log)
      : context_(context), units_(units), log_(log) {}

  void walk(clang::DeclContext& scope);

  /// seen() tells whether the walk met an attribute of ours between two offsets of a file.
  bool seen(file header, unsigned begin, unsigned end) const;

 private:
  file file_of(const clang::Decl& declaration) const;
  void visit(clang::Decl& declaration, unit& into);
  void visit_function(clang::FunctionDecl& declared, unit& into);
  void add(const clang::FunctionDecl& declared, unit& into);
  void visit_method(clang::CXXMethodDecl& declared);
  void visit_class(clang::CXXRecordDecl& declared, unit& into);
  void visit_member(clang::Decl& member, unit& into);
  void refuse_marks(const clang::Decl& declaration, const std::string& what);
  bool note_marks(const clang::Decl& declaration);

  scan_context& context_;
  const llvm::DenseMap<file, unit*>& units_;
  declaration_log& log_;
  llvm::DenseMap<const clang::Decl*, const clang::FunctionDecl*> read_;
  std::set<std::pair<file, unsigned>> marks_;
};

}  // namespace smartasync::gen
