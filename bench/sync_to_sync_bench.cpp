// SPDX-License-Identifier: MIT
// A synchronous call of a synchronous function: through the stub, through the entry that does not
// look, and without either.
#include "calls.smart.hpp"
#include "measure.hpp"

namespace {

constexpr int batch = 1000;

/// Each call needs the value of the one before.
template <class Call>
void measure(benchmark::State& state, Call call) {
  bench::per_operation(state, batch, [&] {
    int value = 0;
    for (int i = 0; i != batch; ++i) {
      value = call(value);
      bench::keep(value);
    }
    bench::expect(value, batch);
  });
}

void stub(benchmark::State& state) {
  measure(state, [](int a) -> int { return bench::smart::plain(a); });
}
void tagged(benchmark::State& state) {
  measure(state, [](int a) { return bench::smart::plain(smartasync::sync, a); });
}
void direct(benchmark::State& state) {
  measure(state, [](int a) { return bench::plain(a); });
}

const bench::scenario calls("sync_to_sync", {
                                                {"smartasync", &stub},
                                                {"smartasync_tagged", &tagged},
                                                {"baseline", &direct},
                                            });

}  // namespace
