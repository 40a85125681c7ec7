// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "emit/entry_plan.hpp"

namespace smartasync::gen {

/// assertion_text() proves the return types of a namespace's entries to whoever compiles them: of a
/// class the facade's, or where there is none those of `ref`. Left out are templates, entries that
/// a call with arguments of the parameters' own types would not single out, and deprecated ones.
std::string assertion_text(const planned_namespace& where);

}  // namespace smartasync::gen
