// SPDX-License-Identifier: MIT
// A synchronous call of a synchronous function: through the stub, through the entry that does not
// look, and without either.
#include "calls.smart.hpp"
#include "calls_in_a_row.hpp"
#include "measure.hpp"

namespace {

constexpr int batch = 1000;

void stub(benchmark::State& state) {
  bench::calls_in_a_row<batch>(state, [](int a) -> int { return bench::smart::plain(a); });
}
void tagged(benchmark::State& state) {
  bench::calls_in_a_row<batch>(state,
                               [](int a) { return bench::smart::plain(smartasync::sync, a); });
}
void direct(benchmark::State& state) {
  bench::calls_in_a_row<batch>(state, [](int a) { return bench::plain(a); });
}

const bench::scenario calls("sync_to_sync", {
                                                {"smartasync", &stub},
                                                {"smartasync_tagged", &tagged},
                                                {"baseline", &direct},
                                            });

}  // namespace
