// SPDX-License-Identifier: MIT
// How a loop sleeps: on its own without a descriptor until one is watched, or in a wait of somebody
// else's.
#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "smartasync/event_loop.hpp"
#include "smartasync/loop_wait.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/spawn.hpp"

namespace {

using namespace std::chrono_literals;
using smartasync::event_loop;
using smartasync::task;

std::size_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

TEST(event_loop, opens_no_descriptor_before_one_is_watched) {
  const std::size_t before = open_descriptors();
  event_loop loop;
  std::size_t during = 0;
  std::size_t watching = 0;
  smartasync::spawn(loop, [&]() -> task<> {
    co_await smartasync::sleep_for(1ms);
    during = open_descriptors();
    const int fd = eventfd(1, 0);
    co_await smartasync::readable(fd);
    close(fd);
    watching = open_descriptors();
    loop.stop();
  });
  loop.run();
  EXPECT_EQ(during, before);
  EXPECT_GT(watching, before);
}

/// A wait of somebody else's: a condition variable.
class other_wait final : public smartasync::loop_wait {
 public:
  explicit other_wait(std::atomic<int>& waits) : waits_(waits) {}

  std::size_t wait(deadline until, smartasync::detail::work_queue&) override {
    ++waits_;
    std::unique_lock lock(mutex_);
    const auto woken = [&] { return wakes_ != 0; };
    if (until == deadline::max()) {
      changed_.wait(lock, woken);
    } else {
      changed_.wait_until(lock, until, woken);
    }
    return std::exchange(wakes_, 0);
  }
  void wake() noexcept override {
    const std::lock_guard lock(mutex_);
    ++wakes_;
    changed_.notify_one();
  }
  bool watch(smartasync::descriptor_watch&) override { return false; }
  void unwatch(smartasync::descriptor_watch&) noexcept override {}

 private:
  std::atomic<int>& waits_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t wakes_ = 0;
};

TEST(event_loop, sleeps_in_the_wait_that_it_was_given) {
  std::atomic<int> waits{0};
  event_loop loop(std::make_unique<other_wait>(waits));
  std::thread poster;
  bool slept = false;
  smartasync::spawn(loop, [&]() -> task<> {
    co_await smartasync::sleep_for(2ms);
    slept = true;
    poster = std::thread([&] { loop.post([&] { loop.stop(); }); });
  });
  loop.run();
  poster.join();
  EXPECT_TRUE(slept);
  EXPECT_GE(waits.load(), 1);
}

}  // namespace
