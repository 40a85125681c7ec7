// SPDX-License-Identifier: MIT
#include <shop/parcel.smart.hpp>

int main() {
  const int weight = parcel::entries::weight(14);
  return weight == 42 ? 0 : 1;
}
