// SPDX-License-Identifier: MIT
#pragma once

#include "measure.hpp"

namespace bench {

/// How many operations one measured piece of work has: every coroutine in flight does its share.
inline int rounds(int in_flight) { return in_flight >= 20'000 ? 1 : 20'000 / in_flight; }

/// `flight(n, times)` has n chains of `times` calls in flight, each adding one for each call, and
/// returns the sum of what they ended with.
template <class Flight>
void measure_in_flight(benchmark::State& state, int in_flight, Flight flight) {
  const int times = in_flight == 1 ? 200 : rounds(in_flight);
  const long long wanted = static_cast<long long>(in_flight) * times;
  flight(in_flight, times);
  per_operation(state, in_flight * times, [&] { expect(flight(in_flight, times), wanted); });
}

}  // namespace bench
