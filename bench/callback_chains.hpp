// SPDX-License-Identifier: MIT
#pragma once

#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <vector>

#include "calls.smart.hpp"
#include "in_flight.hpp"

namespace bench {

/// A chain of calls without coroutines: `start` hands one over, `back` is the loop.
template <class Start>
struct callback_chain {
  Start& start;
  asio::io_context& loop;
  long long& sum;
  int left;
  int value = 0;

  void next() {
    start([this] {
      value = plain(value);
      asio::post(loop, [this] {
        if (--left != 0) {
          next();
        } else {
          sum += value;
        }
      });
    });
  }
};

/// So many of them in flight, on a loop of Asio.
template <class Start>
void callback_chains(benchmark::State& state, int in_flight, Start start) {
  asio::io_context loop(1);
  measure_in_flight(state, in_flight, [&](int n, int times) {
    long long sum = 0;
    std::vector<callback_chain<Start>> chains;
    chains.reserve(static_cast<std::size_t>(n));
    for (int i = 0; i != n; ++i) chains.push_back({start, loop, sum, times});
    for (auto& each : chains) each.next();
    const auto work = asio::make_work_guard(loop);
    loop.restart();
    while (sum != static_cast<long long>(n) * times) loop.run_one();
    return sum;
  });
}

}  // namespace bench
