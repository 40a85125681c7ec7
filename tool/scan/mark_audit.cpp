// SPDX-License-Identifier: MIT
#include "scan/mark_audit.hpp"

#include <clang/Lex/Lexer.h>

#include <algorithm>

namespace smartasync::gen {
namespace {

struct attribute_list {
  unsigned begin;
  unsigned end;
  unsigned mark;  ///< where our name stands in it
};

// The attribute lists of a file that have our name in them, macro definitions left out.
std::vector<attribute_list> find_lists(clang::FileID file, const clang::SourceManager& sources,
                                       const clang::LangOptions& language) {
  std::vector<attribute_list> result;
  clang::Lexer lexer(file, sources.getBufferOrFake(file), sources, language);
  clang::Token token;
  clang::Token previous;
  previous.startToken();
  bool is_directive = false;
  bool is_open = false;
  bool has_mark = false;
  attribute_list list{};
  for (bool is_last = false; !is_last; previous = token) {
    is_last = lexer.LexFromRawLexer(token);
    const unsigned offset = sources.getFileOffset(token.getLocation());
    if (token.isAtStartOfLine()) {
      is_directive = token.is(clang::tok::hash);
    }
    if (is_directive) {
      continue;
    }
    if (token.is(clang::tok::l_square) && previous.is(clang::tok::l_square)) {
      is_open = true;
      has_mark = false;
      list.begin = offset;
    } else if (is_open && token.is(clang::tok::r_square) && previous.is(clang::tok::r_square)) {
      is_open = false;
      list.end = offset;
      if (has_mark) {
        result.push_back(list);
      }
    } else if (is_open && !has_mark && token.is(clang::tok::raw_identifier) &&
               token.getRawIdentifier() == "smartasync" &&
               (previous.isOneOf(clang::tok::l_square, clang::tok::comma) ||
                (previous.is(clang::tok::raw_identifier) &&
                 previous.getRawIdentifier() == "using"))) {
      has_mark = true;
      list.mark = offset;
    }
  }
  return result;
}

}  // namespace

void audit_marks(scan_context& context, const declaration_walk& walk, clang::FileID header,
                 const std::vector<clang::SourceRange>& skipped) {
  const clang::SourceManager& sources = context.places.sources();
  const clang::FileEntry* file = sources.getFileEntryForID(header);
  const auto is_skipped = [&](unsigned offset) {
    return std::any_of(skipped.begin(), skipped.end(), [&](const clang::SourceRange& range) {
      const auto [begin_file, begin] = sources.getDecomposedLoc(range.getBegin());
      return sources.getFileEntryForID(begin_file) == file && offset >= begin &&
             offset < sources.getFileOffset(range.getEnd());
    });
  };
  for (const attribute_list& list : find_lists(header, sources, context.sema.getLangOpts())) {
    if (!walk.seen(file, list.begin, list.end) && !is_skipped(list.mark)) {
      context.report(diagnostic_id::attribute_on_non_function,
                     context.places.at(sources.getComposedLoc(header, list.mark)),
                     "the attribute marks no function that an entry could call",
                     "put it before a function or method, outside of function bodies");
    }
  }
}

}  // namespace smartasync::gen
