// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "emit/entry_plan.hpp"

namespace smartasync::gen {

/// facade_text() is the class that derives from the author's and has the entries of its annotated
/// methods. Where the author's class cannot serve as a base, it is a comment that says why.
std::string facade_text(const planned_item& what, const planned_namespace& where);

}  // namespace smartasync::gen
