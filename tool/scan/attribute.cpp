// SPDX-License-Identifier: MIT
#include "scan/attribute.hpp"

#include <clang/AST/Attr.h>
#include <clang/Sema/ParsedAttr.h>
#include <clang/Sema/Sema.h>

namespace smartasync::gen {
namespace {

// Leaves an annotation on whatever carries the attribute; the walk over the declarations judges it.
// Fit for -fsyntax-only alone: code generation chokes on such annotations (llvm-project#121385).
struct smartasync_attribute : clang::ParsedAttrInfo {
  smartasync_attribute() {
    static constexpr Spelling spellings[] = {
        {clang::ParsedAttr::AS_CXX11, "smartasync"},
        {clang::ParsedAttr::AS_CXX11, "smartasync::dual"},
    };
    Spellings = spellings;
    OptArgs = 15;  // any number
  }

  bool diagAppertainsToDecl(clang::Sema&, const clang::ParsedAttr&,
                            const clang::Decl*) const override {
    return true;
  }

  AttrHandling handleDeclAttribute(clang::Sema& sema, clang::Decl* declaration,
                                   const clang::ParsedAttr& parsed) const override {
    declaration->addAttr(
        clang::AnnotateAttr::Create(sema.Context, attribute_mark, nullptr, 0, parsed));
    return AttributeApplied;
  }
};

}  // namespace

void register_attribute() {
  static const clang::ParsedAttrInfoRegistry::Add<smartasync_attribute> registration(
      "smartasync", "marks a function that gets entries for both kinds of caller");
}

std::string attribute_macro() {
  return std::string("-Dsmartasync(...)=clang::annotate(\"") + attribute_mark + "\",#__VA_ARGS__)";
}

}  // namespace smartasync::gen
