// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/DeclTemplate.h>

#include "model/template_head.hpp"
#include "scan/type_text.hpp"

namespace smartasync::gen {

/// read_template_head() describes the head of a template; what cannot be spelled is a problem of
/// the speller's, which must know the names of the declaration.
template_head read_template_head(const clang::TemplateParameterList& written,
                                 const template_names& names, type_speller& speller);

}  // namespace smartasync::gen
