// SPDX-License-Identifier: MIT
#include "scan/default_argument.hpp"

#include <clang/AST/ASTContext.h>
#include <clang/Lex/Lexer.h>

namespace smartasync::gen {
namespace {

bool is_plain(const clang::Token& token, llvm::StringRef spelling) {
  switch (token.getKind()) {
    case clang::tok::raw_identifier:
      return spelling == "true" || spelling == "false" || spelling == "nullptr";
    case clang::tok::semi:
    case clang::tok::hash:
    case clang::tok::l_square:
    case clang::tok::unknown:
    case clang::tok::comment:
      return false;
    default:
      return !token.hasUDSuffix();
  }
}

// A user-defined suffix of a number is part of its token: 10s.
bool has_own_suffix(const clang::Token& token, llvm::StringRef spelling) {
  if (token.isNot(clang::tok::numeric_constant)) {
    return false;
  }
  const bool is_hex = spelling.starts_with_insensitive("0x");
  const llvm::StringRef suffix =
      spelling.ltrim(is_hex ? "0123456789abcdefABCDEFxX'.pP+-" : "0123456789'.eE+-bB");
  return !suffix.trim("uUlLfFzZ").empty();
}

std::optional<std::string> literal_text(const clang::ParmVarDecl& parameter) {
  const clang::SourceRange range = parameter.getDefaultArgRange();
  const clang::ASTContext& context = parameter.getASTContext();
  const clang::SourceManager& sources = context.getSourceManager();
  if (range.isInvalid() || range.getBegin().isMacroID() || range.getEnd().isMacroID()) {
    return std::nullopt;
  }
  llvm::StringRef text = clang::Lexer::getSourceText(clang::CharSourceRange::getTokenRange(range),
                                                     sources, context.getLangOpts());
  // The range of `= {}` begins at its sign.
  if (text.consume_front("=")) {
    text = text.ltrim();
  }
  if (text.empty() || text.contains('\n')) {
    return std::nullopt;
  }
  // GCC 12 has no braced list of elements within a co_await expression, where the stub's default
  // would stand: "array used as initializer".
  if (text.contains('{') && text != "{}") {
    return std::nullopt;
  }
  const std::string owned = text.str();  // the lexer wants a terminated text
  clang::Lexer lexer(clang::SourceLocation(), context.getLangOpts(), owned.data(), owned.data(),
                     owned.data() + owned.size());
  lexer.SetCommentRetentionState(true);
  clang::Token token;
  for (bool is_last = false; !is_last;) {
    is_last = lexer.LexFromRawLexer(token);
    if (token.is(clang::tok::eof)) {
      break;
    }
    const auto end = static_cast<std::size_t>(lexer.getBufferLocation() - owned.data());
    const llvm::StringRef spelling =
        llvm::StringRef(owned).substr(end - token.getLength(), token.getLength());
    if (!is_plain(token, spelling) || has_own_suffix(token, spelling)) {
      return std::nullopt;
    }
  }
  return owned;
}

}  // namespace

void read_defaults(const clang::FunctionDecl& declared, function& result) {
  const unsigned count = static_cast<unsigned>(result.parameters.size());
  unsigned first = count;  // the first parameter with a default
  unsigned kept = count;   // the first from which on all defaults can be repeated
  for (unsigned i = count; i-- > 0 && declared.getParamDecl(i)->hasDefaultArg();) {
    first = i;
    result.parameters[i].default_text = literal_text(*declared.getParamDecl(i));
    if (kept == i + 1 && result.parameters[i].default_text) {
      kept = i;
    }
  }
  for (unsigned i = first; i < kept; ++i) {
    result.parameters[i].default_text.reset();
    result.shorter_arities.push_back(i);
  }
}

}  // namespace smartasync::gen
