// SPDX-License-Identifier: MIT
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>

#include <cerrno>
#include <charconv>
#include <exception>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>

#include "environment.hpp"
#include "report.hpp"
#include "smartasync/debug.hpp"

namespace smartasync {
namespace {

/// What a signal handler may do: post a semaphore. A thread waits for it, and does the rest.
sem_t asked;

void wait_and_dump() noexcept {
  pthread_setname_np(pthread_self(), "sa:dump");
  for (;;) {
    while (::sem_wait(&asked) != 0 && errno == EINTR) {
    }
    dump_tasks();
  }
}

/// Never joined: it waits until the process ends.
void start_thread() {
  // No signal of the program's is to be taken on that thread.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  try {
    std::thread(wait_and_dump).detach();
  } catch (...) {
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    throw;
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void dump_signal_in_child() noexcept {
  sem_init(&asked, 0, 0);
  try {
    start_thread();
  } catch (const std::exception&) {
    // The signal is taken and nobody hears of it.
  }
}

bool prepare() {
  sem_init(&asked, 0, 0);
  start_thread();
  ::pthread_atfork(nullptr, nullptr, dump_signal_in_child);
  return true;
}

int signal_number(std::string_view text) noexcept {
  if (text.starts_with("SIG")) text.remove_prefix(3);
  if (text == "USR1") return SIGUSR1;
  if (text == "USR2") return SIGUSR2;
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

}  // namespace

void dump_tasks_on_signal(int signal) {
  static const bool prepared = prepare();
  static_cast<void>(prepared);
  struct sigaction ours{};
  ours.sa_handler = [](int) noexcept {
    const int saved = errno;
    ::sem_post(&asked);
    errno = saved;
  };
  ours.sa_flags = SA_RESTART;
  sigemptyset(&ours.sa_mask);
  if (::sigaction(signal, &ours, nullptr) != 0) {
    throw std::system_error(errno, std::generic_category(), "smartasync::dump_tasks_on_signal()");
  }
}

void detail::begin_dump_on_signal(std::string_view signal) noexcept {
  if (signal.empty()) return;
  try {
    const int number = signal_number(signal);
    if (number == 0) {
      report("smartasync: SMARTASYNC_DUMP_SIGNAL: not a signal: " + std::string(signal) +
             " (SIGUSR1, SIGUSR2, or a number)\n");
      return;
    }
    dump_tasks_on_signal(number);
  } catch (const std::exception& error) {
    report("smartasync: SMARTASYNC_DUMP_SIGNAL: " + std::string(error.what()) + "\n");
  }
}

}  // namespace smartasync
