// SPDX-License-Identifier: MIT
#include "scan/documentation.hpp"

#include <clang/AST/ASTContext.h>
#include <clang/AST/RawCommentList.h>

namespace smartasync::gen {

std::string documentation_of(const clang::Decl& declaration) {
  const clang::ASTContext& context = declaration.getASTContext();
  const clang::RawComment* comment = context.getRawCommentForDeclNoCache(&declaration);
  if (comment == nullptr || comment->isTrailingComment()) {
    return {};
  }
  std::string result;
  llvm::StringRef rest = comment->getRawText(context.getSourceManager());
  while (!rest.empty()) {
    llvm::StringRef line;
    std::tie(line, rest) = rest.split('\n');
    line = line.rtrim().ltrim(" \t");
    // The lines of a block comment stay under its first star.
    const bool continues_block = !result.empty() && line.starts_with("*");
    result += (result.empty() ? "" : "\n") + std::string(continues_block ? " " : "") + line.str();
  }
  return result;
}

}  // namespace smartasync::gen
