// SPDX-License-Identifier: MIT
// Functions posted to a running loop from other threads: one producer, and four.
#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <string>
#include <thread>
#include <vector>

#include "measure.hpp"
#include "smartasync/event_loop.hpp"

namespace {

constexpr int posts = 100'000;

/// `post(f)` from each producer; `run()` runs the loop until `stop()`.
template <int Producers, class Run, class Post, class Stop>
void measure(benchmark::State& state, Run run, Post post, Stop stop) {
  bench::per_operation(state, posts, [&] {
    int sum = 0;
    std::vector<std::thread> producers;
    for (int p = 0; p != Producers; ++p) {
      producers.emplace_back([&] {
        for (int i = 0; i != posts / Producers; ++i) {
          post([&] {
            if (++sum == posts) stop();
          });
        }
      });
    }
    run();
    for (auto& each : producers) each.join();
    bench::expect(sum, posts);
  });
}

template <int Producers>
void ours(benchmark::State& state) {
  smartasync::event_loop loop;
  measure<Producers>(
      state, [&] { loop.run(); }, [&](auto f) { loop.post(std::move(f)); }, [&] { loop.stop(); });
}

template <int Producers>
void asio_loop(benchmark::State& state) {
  asio::io_context loop;
  const auto work = asio::make_work_guard(loop);
  measure<Producers>(
      state,
      [&] {
        loop.restart();
        loop.run();
      },
      [&](auto f) { asio::post(loop, std::move(f)); }, [&] { loop.stop(); });
}

const bench::scenario one(bench::by_processors("post_cross_thread_1"),
                          {{"smartasync", &ours<1>}, {"asio", &asio_loop<1>}});
const bench::scenario four(bench::by_processors("post_cross_thread_4"),
                           {{"smartasync", &ours<4>}, {"asio", &asio_loop<4>}});

}  // namespace
