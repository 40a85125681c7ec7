// SPDX-License-Identifier: MIT
// Another library's reactor in place of the loop's own wait: an io_context of Asio. Whatever is
// asynchronous there completes on the loop's thread while the loop waits.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <asio/error.hpp>
#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <system_error>
#include <thread>
#include <utility>

#include "smartasync/context.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/loop_wait.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/spawn.hpp"
#include "smartasync/to_thread.hpp"
#include "smartasync/when_all.hpp"
#include "smartasync/with_timeout.hpp"

namespace {

using namespace std::chrono_literals;
using smartasync::event_loop;
using smartasync::task;

/// Asio has no operation that a signal handler may call, so no signals are waited for on this loop.
class asio_wait final : public smartasync::loop_wait {
 public:
  explicit asio_wait(asio::io_context& io) : io_(io), work_(asio::make_work_guard(io)) {}

  std::size_t wait(deadline until, smartasync::detail::work_queue& ready) override {
    ready_ = &ready;
    if (until == deadline::max()) {
      io_.run_one();
    } else if (until != deadline::min()) {
      io_.run_one_until(until);
    }
    io_.poll();
    return std::exchange(wakes_, 0);
  }

  void wake() noexcept override {
    asio::post(io_, [this] { ++wakes_; });
  }

  bool watch(smartasync::descriptor_watch& watch) override {
    entry& of_fd = entries_.try_emplace(watch.fd, io_, watch.fd).first->second;
    auto*& slot = watch.for_writing ? of_fd.writer : of_fd.reader;
    if (slot != nullptr) {
      throw std::system_error(std::make_error_code(std::errc::device_or_resource_busy));
    }
    slot = &watch;
    of_fd.descriptor.async_wait(
        watch.for_writing ? asio::posix::descriptor_base::wait_write
                          : asio::posix::descriptor_base::wait_read,
        [this, fd = watch.fd, writing = watch.for_writing](const std::error_code& error) {
          if (error != asio::error::operation_aborted) found(fd, writing);
        });
    return true;
  }

  void unwatch(smartasync::descriptor_watch& watch) noexcept override {
    const auto at = entries_.find(watch.fd);
    (watch.for_writing ? at->second.writer : at->second.reader) = nullptr;
    forget_if_idle(at);
  }

 private:
  struct entry {
    entry(asio::io_context& io, int fd) : descriptor(io, fd) {}
    ~entry() { descriptor.release(); }

    asio::posix::stream_descriptor descriptor;
    smartasync::descriptor_watch* reader = nullptr;
    smartasync::descriptor_watch* writer = nullptr;
  };
  using entries = std::map<int, entry>;

  void found(int fd, bool writing) {
    const auto at = entries_.find(fd);
    if (at == entries_.end()) return;
    auto*& slot = writing ? at->second.writer : at->second.reader;
    if (slot != nullptr) ready_->push(*std::exchange(slot, nullptr));
    forget_if_idle(at);
  }

  void forget_if_idle(entries::iterator at) noexcept {
    if (at->second.reader == nullptr && at->second.writer == nullptr) entries_.erase(at);
  }

  asio::io_context& io_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  entries entries_;
  smartasync::detail::work_queue* ready_ = nullptr;
  std::size_t wakes_ = 0;
};

struct socket_pair {
  socket_pair() { EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0); }
  ~socket_pair() {
    close(ends[0]);
    close(ends[1]);
  }
  int ends[2];
};

/// Runs what `make` returns on a loop that waits in Asio.
template <class F>
void run_in_asio(asio::io_context& io, F make) {
  event_loop loop(std::make_unique<asio_wait>(io));
  bool ended = false;
  smartasync::spawn(loop, [&]() -> task<> {
    co_await make();
    ended = true;
    loop.stop();
  });
  loop.run();
  EXPECT_TRUE(ended);
}

TEST(asio_wait, serves_timers_descriptors_offloads_and_posts_of_other_threads) {
  asio::io_context io;
  const socket_pair pair;
  run_in_asio(io, [&]() -> task<> {
    event_loop& loop = *smartasync::current_loop();
    const auto thread = std::this_thread::get_id();
    co_await smartasync::sleep_for(1ms);
    const auto writes = [&]() -> task<> {
      co_await smartasync::to_thread([&] { EXPECT_EQ(write(pair.ends[1], "x", 1), 1); });
    };
    const auto reads = [&]() -> task<> {
      co_await smartasync::readable(pair.ends[0]);
      char got = 0;
      EXPECT_EQ(read(pair.ends[0], &got, 1), 1);
    };
    const auto fills = [&]() -> task<> { co_await smartasync::writable(pair.ends[0]); };
    co_await smartasync::when_all(reads(), fills(), writes());
    EXPECT_EQ(std::this_thread::get_id(), thread);
    bool posted = false;
    std::thread other([&] { loop.post([&] { posted = true; }); });
    while (!posted) co_await smartasync::yield();
    other.join();
  });
}

TEST(asio_wait, lets_asio_complete_while_the_loop_sleeps) {
  asio::io_context io;
  const socket_pair pair;
  asio::steady_timer timer(io, 2ms);
  timer.async_wait([&](const std::error_code&) { EXPECT_EQ(write(pair.ends[1], "x", 1), 1); });
  run_in_asio(io, [&]() -> task<> { co_await smartasync::readable(pair.ends[0]); });
}

TEST(asio_wait, lets_asio_complete_while_coroutines_never_let_the_loop_sleep) {
  asio::io_context io;
  const socket_pair pair;
  bool fired = false;
  asio::steady_timer timer(io, 1ms);
  timer.async_wait([&](const std::error_code&) { fired = true; });
  run_in_asio(io, [&]() -> task<> {
    const auto waits = [&]() -> task<> { co_await smartasync::readable(pair.ends[0]); };
    const auto yields = [&]() -> task<> {
      while (!fired) co_await smartasync::yield();
      EXPECT_EQ(write(pair.ends[1], "x", 1), 1);
    };
    co_await smartasync::when_all(waits(), yields());
  });
}

TEST(asio_wait, gives_up_a_descriptor_that_is_awaited_no_more) {
  asio::io_context io;
  const socket_pair pair;
  run_in_asio(io, [&]() -> task<> {
    for (int i = 0; i != 3; ++i) {
      bool late = false;
      try {
        co_await smartasync::with_timeout(1ms, smartasync::readable(pair.ends[0]));
      } catch (const smartasync::timeout_error&) {
        late = true;
      }
      EXPECT_TRUE(late);
    }
    co_await smartasync::writable(pair.ends[0]);
  });
}

}  // namespace
