// SPDX-License-Identifier: MIT
#pragma once

namespace smartasync::detail {

/// Keeps the search for a second copy of the runtime in every program and library that has one:
/// what is always linked refers to it.
void look_for_other_copies() noexcept;

}  // namespace smartasync::detail
