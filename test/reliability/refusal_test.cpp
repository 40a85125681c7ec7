// SPDX-License-Identifier: MIT
// The system refuses a thread or a descriptor: the error comes to who asked for it, and the rest
// goes on with what is there. The refusals are made by standing in front of the C library's own
// functions, which is what a process at its limits sees of them.
#include <gtest/gtest.h>

#include <dlfcn.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <coroutine>
#include <latch>
#include <mutex>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "smartasync/smartasync.hpp"
#include "watchdog.hpp"

namespace {

/// How many of these calls are let through before the rest is refused.
constexpr int all = 1 << 30;
std::atomic<int> threads_left{all};
std::atomic<int> epolls_left{all};
std::atomic<int> eventfds_left{all};
std::atomic<int> epoll_ctls_left{all};

bool refused(std::atomic<int>& left) { return left.fetch_sub(1) <= 0; }

template <class Function>
Function* original(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*body)(void*),
                   void* argument) {
  if (refused(threads_left)) return EAGAIN;
  static const auto next = original<decltype(pthread_create)>("pthread_create");
  return next(thread, attributes, body, argument);
}

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
using smartasync::run;
using smartasync::task;
using smartasync::to_thread;

/// Set once, on any thread; awaited by one coroutine.
class event {
 public:
  static bool await_ready() noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> h) {
    const std::lock_guard lock(mutex_);
    waiting_ = h;
    return !set_;
  }
  static void await_resume() noexcept {}

  void set() {
    std::coroutine_handle<> waiting;
    {
      const std::lock_guard lock(mutex_);
      set_ = true;
      waiting = waiting_;
    }
    if (waiting) waiting.resume();
  }

 private:
  std::mutex mutex_;
  bool set_ = false;
  std::coroutine_handle<> waiting_;
};

class limit {
 public:
  limit(std::atomic<int>& what, int lets_through) : what_(what) { what_ = lets_through; }
  ~limit() { what_ = all; }
  limit(const limit&) = delete;
  limit& operator=(const limit&) = delete;

 private:
  std::atomic<int>& what_;
};

template <class F>
int system_error_of(F&& f) {
  try {
    f();
  } catch (const std::system_error& e) {
    return e.code().value();
  }
  return 0;
}

TEST(a_thread_that_is_refused, is_an_error_for_who_awaits_the_first_call) {
  reliability::watchdog guard("the first call");
  smartasync::thread_pool pool("none");
  auto offload = [&] { return run(to_thread(pool, [] { return 1; })); };
  {
    limit no_threads(threads_left, 0);
    EXPECT_EQ(system_error_of(offload), EAGAIN);
    EXPECT_EQ(pool.thread_count(), 0U);
    EXPECT_EQ(pool.queue_size(), 0U);
    EXPECT_EQ(run([]() -> task<int> {
                co_await smartasync::sleep_for(1us);
                co_return 2;
              }),
              2);
  }
  EXPECT_EQ(offload(), 1);
}

TEST(a_thread_that_is_refused, leaves_the_calls_to_those_that_are_there) {
  reliability::watchdog guard("the threads that are there");
  smartasync::thread_pool pool("two", {.max_threads = 8});
  limit two(threads_left, 2);
  std::atomic<int> ended{0};
  run([&]() -> task<> {
    std::vector<task<>> calls;
    for (int i = 0; i != 100; ++i) {
      calls.push_back([](smartasync::thread_pool& where, std::atomic<int>& count) -> task<> {
        co_await to_thread(where, [&] { ++count; });
      }(pool, ended));
    }
    co_await smartasync::when_all(std::move(calls));
  });
  EXPECT_EQ(ended, 100);
  EXPECT_GE(pool.thread_count(), 1U);
  EXPECT_LE(pool.thread_count(), 2U);
}

TEST(a_thread_that_is_refused, lets_a_call_run_on_the_thread_that_waits_for_it) {
  reliability::watchdog guard("the thread that waits");
  smartasync::thread_pool pool("one", {.max_threads = 8});
  limit only_one(threads_left, 1);
  const int value = run([&]() -> task<int> {
    co_return co_await to_thread(pool, [&] {
      // The only thread blocks here, and runs the inner call meanwhile.
      return run([&]() -> task<int> { co_return co_await to_thread(pool, [] { return 3; }); });
    });
  });
  EXPECT_EQ(value, 3);
}

TEST(a_thread_that_is_refused, is_an_error_where_every_thread_blocks_and_none_would_take_the_call) {
  reliability::watchdog guard("a pool whose only thread blocks");
  smartasync::thread_pool pool("stuck", {.max_threads = 8});
  smartasync::event_loop& loop = smartasync::named_loop("other chain");
  limit only_one(threads_left, 1);
  const int error = run([&]() -> task<int> {
    co_return co_await to_thread(pool, [&] {
      event answered;
      int answer = 0;
      // What this thread blocks for is started by a chain that is not its own.
      smartasync::spawn(loop, [&]() -> task<> {
        while (answer == 0) {
          try {
            // In the queue for as long as the thread has not begun to block.
            co_await smartasync::with_timeout(10ms, to_thread(pool, [] {}));
          } catch (const smartasync::timeout_error&) {
            // Once more.
          } catch (const std::system_error& e) {
            answer = e.code().value();
          }
        }
        answered.set();
      });
      run([&]() -> task<> { co_await answered; });
      return answer;
    });
  });
  EXPECT_EQ(error, EAGAIN);
}

TEST(a_thread_that_is_refused,
     is_an_error_for_a_call_that_was_queued_before_the_last_thread_blocked) {
  reliability::watchdog guard("a call behind a thread that then blocks");
  smartasync::thread_pool pool("late", {.max_threads = 8});
  smartasync::event_loop& loop = smartasync::named_loop("other chain");
  limit only_one(threads_left, 1);
  std::string said;
  const int error = run([&]() -> task<int> {
    co_return co_await to_thread(pool, [&] {
      event answered;
      int answer = 0;
      smartasync::spawn(loop, [&]() -> task<> {
        try {
          co_await to_thread(pool, [] {});
        } catch (const std::system_error& e) {
          answer = e.code().value();
          said = e.what();
        }
        answered.set();
      });
      std::latch queued(1);
      loop.post([&] { queued.count_down(); });
      queued.wait();
      EXPECT_EQ(pool.queue_size(), 1U);
      run([&]() -> task<> { co_await answered; });
      return answer;
    });
  });
  EXPECT_EQ(error, EAGAIN);
  EXPECT_NE(said.find("the executor \"late\", each of which blocks"), std::string::npos) << said;
}

TEST(a_thread_that_is_refused, is_an_error_for_the_caller_of_a_named_loop) {
  reliability::watchdog guard("a named loop");
  {
    limit no_threads(threads_left, 0);
    EXPECT_EQ(system_error_of([] { static_cast<void>(smartasync::named_loop("refused")); }),
              EAGAIN);
  }
  smartasync::event_loop& loop = smartasync::named_loop("refused");
  std::latch ran(1);
  loop.post([&] { ran.count_down(); });
  ran.wait();
}

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
void refuse_first_watch(std::atomic<int>& what, int lets_through, int expected) {
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
