// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "emit/entry_plan.hpp"

namespace smartasync::gen {

/// blocking_text() is the specialisation of smartasync::blocking for an interface with virtual
/// methods that return tasks; nothing for any other class. It belongs outside of any namespace.
std::string blocking_text(const planned_item& what);

}  // namespace smartasync::gen
