// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "emit/entry_plan.hpp"

namespace smartasync::gen {

/// ref_text() is the specialisation of smartasync::ref for the author's class, and that for the
/// const class where it has const methods. It belongs outside of any namespace.
std::string ref_text(const planned_item& what, const planned_namespace& where);

/// nearest_base_text() declares what lets `smartasync::ref(object)` find the class. It belongs into
/// smartasync::detail.
std::string nearest_base_text(const planned_item& what);

}  // namespace smartasync::gen
