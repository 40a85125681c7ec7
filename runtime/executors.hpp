// SPDX-License-Identifier: MIT
#pragma once

namespace smartasync::detail {

/// Makes the registry of executors, so that at exit it is closed after what is made later.
void prepare_executors();

}  // namespace smartasync::detail
