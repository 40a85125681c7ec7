// SPDX-License-Identifier: MIT
#include "golden/empty.smart.hpp"

#include "golden/check.hpp"

int main() {
  CHECK(golden::without_entries() == 1);
  return golden::ended_after(1);
}
