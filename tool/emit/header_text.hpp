// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/namespace_map.hpp"
#include "model/unit.hpp"

namespace smartasync::gen {

/// header_text() is the whole generated header of one unit, which must have passed check_rules().
/// A unit without items gives a header that only includes the author's. The text depends on its
/// arguments alone, ends with a newline, and holds neither a date nor an absolute path.
std::string header_text(const unit& what, const namespace_map& namespaces);

}  // namespace smartasync::gen
