// SPDX-License-Identifier: MIT
#pragma once

namespace shop {

/// Of no concern to the generator: nothing that it reads includes this.
int articles_in_stock();

}  // namespace shop
