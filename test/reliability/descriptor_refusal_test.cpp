// SPDX-License-Identifier: MIT
// The system refuses a descriptor, or a watch on one: the error comes to who awaits it, and the
// loop goes on without.
#include <gtest/gtest.h>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "refusal.hpp"
#include "smartasync/smartasync.hpp"
#include "watchdog.hpp"

namespace {

using reliability::all;
using reliability::calls_left;
using reliability::original;
using reliability::refused;

calls_left epolls_left{all};
calls_left eventfds_left{all};
calls_left epoll_ctls_left{all};

}  // namespace

extern "C" {

int epoll_create1(int flags) noexcept {
  if (refused(epolls_left)) return errno = EMFILE, -1;
  static const auto next = original<decltype(epoll_create1)>("epoll_create1");
  return next(flags);
}

int eventfd(unsigned count, int flags) noexcept {
  if (refused(eventfds_left)) return errno = ENFILE, -1;
  static const auto next = original<decltype(eventfd)>("eventfd");
  return next(count, flags);
}

int epoll_ctl(int epoll, int operation, int fd, epoll_event* event) noexcept {
  if (operation != EPOLL_CTL_DEL && refused(epoll_ctls_left)) return errno = ENOSPC, -1;
  static const auto next = original<decltype(epoll_ctl)>("epoll_ctl");
  return next(epoll, operation, fd, event);
}

}  // extern "C"

namespace {

using namespace std::chrono_literals;
using reliability::limit;
using smartasync::run;
using smartasync::task;
using smartasync::to_thread;

class pipe_ends {
 public:
  pipe_ends() {
    if (::pipe(ends_.data()) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  }
  ~pipe_ends() {
    for (const int each : ends_) ::close(each);
  }
  pipe_ends(const pipe_ends&) = delete;
  pipe_ends& operator=(const pipe_ends&) = delete;
  [[nodiscard]] int read_end() const { return ends_[0]; }
  [[nodiscard]] int write_end() const { return ends_[1]; }
  void write() const {
    if (::write(ends_[1], "x", 1) != 1) throw std::runtime_error("write");
  }

 private:
  std::array<int, 2> ends_{};
};

/// On a loop that has watched no descriptor before: the error of the first wait, and whether the
/// loop still sleeps, offloads and, in the end, watches.
void refuse_first_watch(calls_left& what, int lets_through, int expected) {
  reliability::watchdog guard("the first watch");
  std::thread([&] {
    const pipe_ends pipe;
    pipe.write();
    int error = 0;
    run([&]() -> task<> {
      {
        limit none(what, lets_through);
        try {
          co_await smartasync::readable(pipe.read_end());
        } catch (const std::system_error& e) {
          error = e.code().value();
        }
        co_await smartasync::sleep_for(1us);
      }
      EXPECT_EQ(co_await to_thread([] { return 4; }), 4);
      co_await smartasync::readable(pipe.read_end());
    });
    EXPECT_EQ(error, expected);
  }).join();
}

TEST(a_descriptor_that_is_refused, is_an_error_for_who_awaits_readability) {
  refuse_first_watch(epolls_left, 0, EMFILE);
  refuse_first_watch(eventfds_left, 0, ENFILE);
  refuse_first_watch(epoll_ctls_left, 0, ENOSPC);
  refuse_first_watch(epoll_ctls_left, 1, ENOSPC);
}

TEST(a_descriptor_that_is_refused, wakes_the_other_who_waits_for_the_same_descriptor) {
  // One end of a socket pair: two wait for it; when one was woken, the watch is renewed for the
  // other, and that is refused.
  reliability::watchdog guard("the other who waits");
  const pipe_ends pipe;
  const int descriptor = pipe.read_end();
  bool reader_woke = false;
  bool writer_woke = false;
  run([&]() -> task<> {
    auto reads = [&]() -> task<> {
      co_await smartasync::readable(descriptor);
      reader_woke = true;
    };
    auto writes = [&]() -> task<> {
      co_await smartasync::writable(descriptor);  // Never: it is the end to read from.
      writer_woke = true;
    };
    auto feeds = [&]() -> task<> {
      co_await smartasync::yield();
      epoll_ctls_left = 0;
      pipe.write();
      co_return;
    };
    co_await smartasync::when_all(reads(), writes(), feeds());
  });
  epoll_ctls_left = all;
  EXPECT_TRUE(reader_woke);
  EXPECT_TRUE(writer_woke);
}

}  // namespace
