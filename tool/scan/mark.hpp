// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/Attr.h>
#include <clang/Lex/Preprocessor.h>

#include <string>
#include <vector>

#include "model/annotation.hpp"
#include "model/diagnostic.hpp"
#include "scan/positions.hpp"

namespace smartasync::gen {

/// mark is one [[smartasync]] with what its parentheses say.
struct mark {
  annotation value;
  std::string text;       ///< between the parentheses, as in the source
  source_position where;  ///< of `text`; of the attribute where there is none
  source_position attribute;
};

/// own_marks() are the attributes of ours that stand on this very declaration (not on an earlier
/// one from which they are inherited), in source order.
std::vector<const clang::AnnotateAttr*> own_marks(const clang::Decl& declaration);

/// read_mark() reads the arguments. Their text is taken from the source, so that a fault stands at
/// its own column; in a macro that adds or changes something, it is what the compiler saw, and
/// faults stand where the macro is used. Faults are added to `findings`.
mark read_mark(const clang::AnnotateAttr& attribute, const clang::Preprocessor& preprocessor,
               const positions& places, std::vector<diagnostic>& findings);

}  // namespace smartasync::gen
