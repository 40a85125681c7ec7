// SPDX-License-Identifier: MIT
#pragma once

namespace shop {

struct row {
  int id;
};

}  // namespace shop
