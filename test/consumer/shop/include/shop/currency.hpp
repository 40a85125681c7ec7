// SPDX-License-Identifier: MIT
#pragma once

namespace shop {

inline constexpr const char* currency = "EUR";

}  // namespace shop
