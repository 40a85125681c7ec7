// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace smartasync::detail {

/// A variable of the environment, empty where it is not set.
[[nodiscard]] std::string_view environment(const char* name) noexcept;

/// dump_tasks_on_signal() for the name or number of a signal; nothing for an empty one. Says on
/// stderr what is wrong with it.
void begin_dump_on_signal(std::string_view signal) noexcept;

}  // namespace smartasync::detail
