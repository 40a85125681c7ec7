// SPDX-License-Identifier: MIT
#pragma once

#include <clang/Basic/SourceManager.h>

#include <vector>

#include "scan/declaration_walk.hpp"
#include "scan/scan_context.hpp"

namespace smartasync::gen {

/// audit_marks() looks for [[smartasync]] in the text of a header that the walk over its
/// declarations did not meet: on a statement, on what is inside of a function's body. An attribute
/// that has no effect must not look like one that has. What conditions left out is not looked at.
void audit_marks(scan_context& context, const declaration_walk& walk, clang::FileID header,
                 const std::vector<clang::SourceRange>& skipped);

}  // namespace smartasync::gen
