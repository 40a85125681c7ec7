// SPDX-License-Identifier: MIT
#pragma once

#include "measure.hpp"

namespace bench {

/// Measures a call that adds one: `Batch` of them in a row, each of which needs the value of the
/// one before.
template <int Batch, class Call>
void calls_in_a_row(benchmark::State& state, Call call) {
  per_operation(state, Batch, [&] {
    int value = 0;
    for (int i = 0; i != Batch; ++i) {
      value = call(value);
      keep(value);
    }
    expect(value, Batch);
  });
}

}  // namespace bench
