// SPDX-License-Identifier: MIT
#pragma once

namespace golden {

[[smartasync(debug)]] inline int watched(int value) { return value; }
[[smartasync(debug, executor = "golden", serial)]] inline int also(int value) { return value; }

}  // namespace golden
