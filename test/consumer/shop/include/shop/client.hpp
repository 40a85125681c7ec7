// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>
#include <string>

#include "shop/currency.hpp"

namespace shop {

/// The sum, once somebody waits for it.
[[smartasync]] smartasync::task<int> add(int a, int b = 1);

/// A price with its currency; blocks while it is looked up.
[[smartasync]] std::string price_of(int article);

}  // namespace shop
