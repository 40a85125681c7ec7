// SPDX-License-Identifier: MIT
#include "allocation_scenarios.hpp"

namespace reliability {

std::vector<scenario> allocation_scenarios() {
  std::vector<scenario> all;
  for (const auto part : {call_scenarios(), concurrency_scenarios(), loop_scenarios()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

std::atomic<int>& reported() {
  static std::atomic<int> count{0};
  return count;
}

}  // namespace reliability
