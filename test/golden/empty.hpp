// SPDX-License-Identifier: MIT
#pragma once

namespace golden {
inline int without_entries() { return 1; }
}  // namespace golden
