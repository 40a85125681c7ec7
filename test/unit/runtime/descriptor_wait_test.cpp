// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <stop_token>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/spawn.hpp"

namespace {

using namespace std::chrono_literals;
using smartasync::readable;
using smartasync::run;
using smartasync::task;
using smartasync::writable;

/// Two connected sockets that do not block.
struct socket_pair {
  socket_pair() {
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fd.data()) != 0)
      std::perror("socketpair");
  }
  ~socket_pair() {
    for (const int each : fd) {
      if (each >= 0) close(each);
    }
  }
  void send(char c) const { ASSERT_EQ(write(fd[1], &c, 1), 1); }
  [[nodiscard]] char receive() const {
    char c = 0;
    return read(fd[0], &c, 1) == 1 ? c : '?';
  }
  std::array<int, 2> fd{-1, -1};
};

TEST(descriptor_wait, resumes_when_another_thread_writes) {
  const socket_pair pair;
  std::thread writer;
  run([&]() -> task<> {
    writer = std::thread([&] { pair.send('x'); });
    co_await readable(pair.fd[0]);
    EXPECT_EQ(pair.receive(), 'x');
  });
  writer.join();
}

TEST(descriptor_wait, serves_one_descriptor_again_and_again) {
  const socket_pair pair;
  std::string got;
  run([&]() -> task<> {
    smartasync::spawn([&]() -> task<> {
      for (char c = 'a'; c != 'z'; ++c) {
        co_await writable(pair.fd[1]);
        pair.send(c);
        if (c % 2 == 0) co_await smartasync::yield();
      }
    });
    while (got.size() != 25) {
      co_await readable(pair.fd[0]);
      got += pair.receive();
    }
  });
  EXPECT_EQ(got, "abcdefghijklmnopqrstuvwxy");
}

TEST(descriptor_wait, reader_and_writer_wait_for_one_descriptor) {
  const socket_pair pair;
  bool wrote = false;
  run([&]() -> task<> {
    smartasync::spawn([&]() -> task<> {
      co_await writable(pair.fd[0]);
      wrote = true;
      pair.send('y');
    });
    co_await readable(pair.fd[0]);
    EXPECT_EQ(pair.receive(), 'y');
  });
  EXPECT_TRUE(wrote);
}

TEST(descriptor_wait, second_reader_of_one_descriptor_is_refused) {
  const socket_pair pair;
  run([&]() -> task<> {
    smartasync::spawn([&]() -> task<> {
      co_await smartasync::yield();
      EXPECT_THROW(co_await readable(pair.fd[0]), std::system_error);
      pair.send('z');
    });
    co_await readable(pair.fd[0]);
  });
}

TEST(descriptor_wait, hang_up_and_closed_ends_are_ready) {
  socket_pair pair;
  run([&]() -> task<> {
    smartasync::current_loop()->post([&] {
      close(pair.fd[1]);
      pair.fd[1] = -1;
    });
    co_await readable(pair.fd[0]);
    char c = 0;
    EXPECT_EQ(read(pair.fd[0], &c, 1), 0);
  });
}

TEST(descriptor_wait, regular_file_is_always_ready) {
  std::FILE* file = std::tmpfile();
  run([&]() -> task<> {
    co_await readable(fileno(file));
    co_await writable(fileno(file));
  });
  std::fclose(file);
}

TEST(descriptor_wait, closed_descriptor_is_an_error) {
  socket_pair pair;
  const int closed = pair.fd[0];
  close(closed);
  pair.fd[0] = -1;
  EXPECT_THROW(run(readable(closed)), std::system_error);
}

TEST(descriptor_wait, number_that_is_another_descriptor_by_now_works) {
  for (int i = 0; i != 3; ++i) {
    const socket_pair pair;
    pair.send('n');
    run([&]() -> task<> {
      co_await readable(pair.fd[0]);
      EXPECT_EQ(pair.receive(), 'n');
    });
  }
}

TEST(descriptor_wait, cancelled_leaves_the_descriptor_free_for_the_next) {
  const socket_pair pair;
  std::stop_source source;
  auto wait_forever = [&]() -> task<> {
    smartasync::current_loop()->post([&] { source.request_stop(); });
    co_await readable(pair.fd[0]);
  };
  EXPECT_THROW(run(wait_forever(), {.stop = source.get_token()}), smartasync::cancelled_error);
  pair.send('c');
  run(readable(pair.fd[0]));
  EXPECT_EQ(pair.receive(), 'c');
}

TEST(descriptor_wait, cancelled_by_another_thread_while_the_loop_sleeps_in_it) {
  const socket_pair pair;
  for (int i = 0; i != 50; ++i) {
    std::stop_source source;
    std::thread stopper;
    auto wait_forever = [&]() -> task<> {
      stopper = std::thread([&] { source.request_stop(); });
      co_await readable(pair.fd[0]);
    };
    EXPECT_THROW(run(wait_forever(), {.stop = source.get_token()}), smartasync::cancelled_error);
    stopper.join();
  }
}

TEST(descriptor_wait, on_another_loop_or_on_none_is_an_error_and_no_wait) {
  const socket_pair pair;
  smartasync::event_loop not_running;
  EXPECT_THROW(run(not_running.readable(pair.fd[0])), smartasync::wrong_loop_error);
  auto nowhere = readable(pair.fd[0]);
  EXPECT_THROW(static_cast<void>(nowhere.await_ready()), smartasync::wrong_loop_error);
}

TEST(descriptor_wait, timers_go_on_while_a_descriptor_is_watched) {
  const socket_pair pair;
  int ticks = 0;
  run([&]() -> task<> {
    smartasync::spawn([&]() -> task<> {
      for (; ticks != 5; ++ticks) co_await smartasync::sleep_for(1ms);
      pair.send('t');
    });
    co_await readable(pair.fd[0]);
  });
  EXPECT_EQ(ticks, 5);
}

TEST(descriptor_wait, is_noticed_while_other_coroutines_never_let_the_loop_sleep) {
  const socket_pair pair;
  bool seen = false;
  run([&]() -> task<> {
    smartasync::spawn([&]() -> task<> {
      co_await readable(pair.fd[0]);
      seen = true;
    });
    co_await smartasync::yield();
    pair.send('f');
    while (!seen) co_await smartasync::yield();
  });
}

TEST(descriptor_wait, many_descriptors_wait_on_one_thread) {
  std::vector<socket_pair> pairs(100);
  int seen = 0;
  run([&]() -> task<> {
    for (socket_pair& pair : pairs) {
      smartasync::spawn([&]() -> task<> {
        co_await readable(pair.fd[0]);
        if (++seen != 100) pairs[static_cast<std::size_t>(seen)].send('m');
      });
    }
    co_await smartasync::yield();
    pairs[0].send('m');
    while (seen != 100) co_await smartasync::sleep_for(100us);
  });
  EXPECT_EQ(seen, 100);
}

}  // namespace
