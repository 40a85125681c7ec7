// SPDX-License-Identifier: MIT
#include "scan/mark.hpp"

#include <clang/AST/ASTContext.h>
#include <clang/AST/Expr.h>
#include <clang/Lex/Lexer.h>

#include <algorithm>
#include <optional>

#include "scan/attribute.hpp"

namespace smartasync::gen {
namespace {

struct source_text {
  std::string text;
  clang::SourceLocation begin;
};

// The text between the parentheses after the token at a place in a file, if there are any.
std::optional<source_text> text_after(clang::SourceLocation place,
                                      const clang::SourceManager& sources,
                                      const clang::LangOptions& language) {
  const auto [file, offset] = sources.getDecomposedLoc(place);
  const llvm::StringRef buffer = sources.getBufferData(file);
  clang::Lexer lexer(sources.getLocForStartOfFile(file), language, buffer.begin(),
                     buffer.begin() + offset, buffer.end());
  clang::Token token;
  lexer.LexFromRawLexer(token);  // the attribute's name
  // [[smartasync::dual]] and [[using smartasync: dual]], where the place is that of the first word.
  lexer.LexFromRawLexer(token);
  while (token.isOneOf(clang::tok::coloncolon, clang::tok::colon)) {
    lexer.LexFromRawLexer(token);
    lexer.LexFromRawLexer(token);
  }
  if (token.isNot(clang::tok::l_paren)) {
    return std::nullopt;
  }
  const clang::SourceLocation begin = token.getEndLoc();
  for (int depth = 1; depth > 0;) {
    if (lexer.LexFromRawLexer(token) || token.is(clang::tok::eof)) {
      return std::nullopt;
    }
    depth += token.is(clang::tok::l_paren) ? 1 : token.is(clang::tok::r_paren) ? -1 : 0;
  }
  const unsigned first = sources.getFileOffset(begin);
  const unsigned last = sources.getFileOffset(token.getLocation());
  return source_text{buffer.substr(first, last - first).str(), begin};
}

// The tokens of a text, for comparing what is in the source with what the compiler saw of it.
std::vector<std::string> tokens_of(const std::string& text, const clang::LangOptions& language) {
  std::vector<std::string> result;
  clang::Lexer lexer(clang::SourceLocation(), language, text.data(), text.data(),
                     text.data() + text.size());
  clang::Token token;
  for (bool is_last = false; !is_last;) {
    const char* begin = lexer.getBufferLocation();
    is_last = lexer.LexFromRawLexer(token);
    if (token.is(clang::tok::eof)) {
      break;
    }
    const char* end = lexer.getBufferLocation();
    result.emplace_back(llvm::StringRef(begin, static_cast<std::size_t>(end - begin))
                            .take_back(token.getLength())
                            .str());
  }
  return result;
}

// What door 2 (the macro) made of the arguments; nothing for the bare and the scoped form.
std::optional<std::string> stringised(const clang::AnnotateAttr& attribute) {
  if (attribute.args_size() != 1) {
    return std::nullopt;
  }
  const clang::Expr* argument = *attribute.args_begin();
  const auto* text = llvm::dyn_cast<clang::StringLiteral>(argument->IgnoreImplicit());
  if (text == nullptr) {
    if (const auto* constant = llvm::dyn_cast<clang::ConstantExpr>(argument)) {
      text = llvm::dyn_cast<clang::StringLiteral>(constant->getSubExpr()->IgnoreImplicit());
    }
  }
  return text == nullptr ? std::nullopt : std::optional(text->getString().str());
}

}  // namespace

std::vector<const clang::AnnotateAttr*> own_marks(const clang::Decl& declaration) {
  std::vector<const clang::AnnotateAttr*> result;
  for (const auto* attribute : declaration.specific_attrs<clang::AnnotateAttr>()) {
    if (attribute->getAnnotation() == attribute_mark && !attribute->isInherited()) {
      result.push_back(attribute);
    }
  }
  const clang::SourceManager& sources = declaration.getASTContext().getSourceManager();
  std::sort(result.begin(), result.end(), [&](const auto* left, const auto* right) {
    return sources.isBeforeInTranslationUnit(left->getLocation(), right->getLocation());
  });
  return result;
}

mark read_mark(const clang::AnnotateAttr& attribute, const clang::Preprocessor& preprocessor,
               const positions& places, std::vector<diagnostic>& findings) {
  const clang::SourceManager& sources = places.sources();
  const clang::LangOptions& language = preprocessor.getLangOpts();
  const clang::SourceLocation place = sources.getExpansionLoc(attribute.getLocation());
  mark result;
  result.attribute = places.at(place);
  result.where = result.attribute;

  const std::optional<std::string> seen = stringised(attribute);
  const bool is_scoped = attribute.hasScope();
  if (!seen && is_scoped && attribute.getLocation().isMacroID()) {
    findings.push_back({diagnostic_id::annotation_in_macro,
                        result.attribute,
                        "the arguments of [[smartasync::dual]] cannot be read in a macro",
                        {{{}, "write [[smartasync(...)]] in the macro"}}});
    return result;
  }
  const std::optional<source_text> written = text_after(place, sources, language);
  bool is_literal = written.has_value();
  if (seen) {
    is_literal = is_literal && tokens_of(*seen, language) == tokens_of(written->text, language);
    result.text = is_literal ? written->text : *seen;
  } else if (is_scoped && written) {
    result.text = written->text;
  } else {
    return result;
  }
  if (is_literal) {
    result.where = places.at(written->begin);
  }

  const annotation_result parsed = parse_annotation(result.text);
  result.value = parsed.value;
  for (const annotation_fault& fault : parsed.faults) {
    diagnostic finding{
        fault.id,
        is_literal ? places.at(written->begin.getLocWithOffset(static_cast<int>(fault.offset)))
                   : result.attribute,
        fault.message,
        {}};
    if (!fault.remedy.empty()) {
      finding.notes.push_back({{}, fault.remedy});
    }
    findings.push_back(std::move(finding));
  }
  if (!is_literal) {
    result.text.clear();
  }
  return result;
}

}  // namespace smartasync::gen
