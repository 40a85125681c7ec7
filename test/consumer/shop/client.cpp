// SPDX-License-Identifier: MIT
#include "shop/client.hpp"

namespace shop {

smartasync::task<int> add(int a, int b) { co_return a + b; }

std::string price_of(int article) { return std::to_string(article * 2) + " " + currency; }

}  // namespace shop
