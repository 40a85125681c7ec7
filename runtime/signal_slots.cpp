// SPDX-License-Identifier: MIT
#include "signal_slots.hpp"

#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "futex.hpp"

namespace smartasync::detail {

struct signal_slot {
  std::atomic<signal_target*> target{nullptr};
  std::atomic<std::uint64_t> signals{0};  ///< Bit n-1 stands for signal n.
};

namespace {

constexpr int last_signal = 64;
constexpr const char* what = "smartasync: a signal that is to be waited for";

constexpr std::uint64_t bit_of(int signal) noexcept { return std::uint64_t{1} << (signal - 1); }

struct installed {
  unsigned users = 0;
  struct sigaction before{};
};

constinit std::array<signal_slot, 64> slots{};
constinit std::mutex mutex;
std::array<installed, last_signal + 1> actions{};  // Guarded by mutex.

/// How many handlers run now, on any thread; the highest bit: someone waits for zero.
constinit std::atomic<std::uint32_t> handlers{0};
constexpr std::uint32_t awaited = std::uint32_t{1} << 31;

static_assert(std::atomic<signal_target*>::is_always_lock_free);
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

/// Runs as a signal handler: lock-free atomics and system calls only.
void on_signal(int signal) noexcept {
  const int saved = errno;
  // Sequentially consistent, with the steps of close_signal_slot: either this handler sees that the
  // slot is empty, or the closing thread sees this handler.
  handlers.fetch_add(1, std::memory_order_seq_cst);
  for (signal_slot& slot : slots) {
    signal_target* const target = slot.target.load(std::memory_order_seq_cst);
    const std::uint64_t signals = slot.signals.load(std::memory_order_relaxed);
    if (target == nullptr || (signals & bit_of(signal)) == 0) continue;
    if (target->once) {
      struct sigaction by_default{};
      by_default.sa_handler = SIG_DFL;
      for (int each = 1; each <= last_signal; ++each) {
        if ((signals & bit_of(each)) != 0) ::sigaction(each, &by_default, nullptr);
      }
    }
    target->on_signal(*target, signal);
  }
  if (handlers.fetch_sub(1, std::memory_order_seq_cst) == (awaited | 1)) futex_wake_one(&handlers);
  errno = saved;
}

void wait_for_handlers() noexcept {
  for (;;) {
    const std::uint32_t now = handlers.fetch_or(awaited, std::memory_order_seq_cst) | awaited;
    if (now == awaited) break;
    futex_wait(&handlers, now, std::chrono::steady_clock::time_point::max());
  }
  handlers.fetch_and(~awaited, std::memory_order_relaxed);
}

struct sigaction our_action() noexcept {
  struct sigaction ours{};
  ours.sa_handler = [](int number) noexcept { on_signal(number); };
  ours.sa_flags = SA_RESTART;
  sigemptyset(&ours.sa_mask);
  return ours;
}

void install(int signal) {
  installed& action = actions[static_cast<std::size_t>(signal)];
  if (action.users == 0) {
    const struct sigaction ours = our_action();
    if (::sigaction(signal, &ours, &action.before) != 0) {
      throw std::system_error(errno, std::generic_category(), what);
    }
  }
  ++action.users;
}

/// True when another target is there that is told of every such signal. Under the lock.
bool wanted_again(int signal, const signal_slot& closing) noexcept {
  return std::any_of(slots.begin(), slots.end(), [&](const signal_slot& slot) {
    const signal_target* const target = slot.target.load(std::memory_order_relaxed);
    return &slot != &closing && target != nullptr && !target->once &&
           (slot.signals.load(std::memory_order_relaxed) & bit_of(signal)) != 0;
  });
}

void uninstall(std::uint64_t signals, const signal_slot& closing) noexcept {
  for (int signal = 1; signal <= last_signal; ++signal) {
    if ((signals & bit_of(signal)) == 0) continue;
    installed& action = actions[static_cast<std::size_t>(signal)];
    if (--action.users == 0) {
      ::sigaction(signal, &action.before, nullptr);
    } else if (wanted_again(signal, closing)) {
      // A target that is told once has put the default effect back, and has ended.
      const struct sigaction ours = our_action();
      ::sigaction(signal, &ours, nullptr);
    }
  }
}

// The child of a fork has none of the loops that would be told.
void signals_before_fork() noexcept { mutex.lock(); }
void signals_in_parent() noexcept { mutex.unlock(); }
void signals_in_child() noexcept {
  for (signal_slot& slot : slots) slot.target.store(nullptr, std::memory_order_relaxed);
  for (int signal = 1; signal <= last_signal; ++signal) {
    installed& action = actions[static_cast<std::size_t>(signal)];
    if (std::exchange(action.users, 0) != 0) ::sigaction(signal, &action.before, nullptr);
  }
  handlers.store(0, std::memory_order_relaxed);
  mutex.unlock();
}

}  // namespace

signal_slot* open_signal_slot(signal_target& target, const std::vector<int>& signals) {
  [[maybe_unused]] static const int prepared =
      pthread_atfork(signals_before_fork, signals_in_parent, signals_in_child);
  std::uint64_t wanted = 0;
  for (const int signal : signals) {
    if (signal < 1 || signal > last_signal) {
      throw std::system_error(EINVAL, std::generic_category(), what);
    }
    wanted |= bit_of(signal);
  }
  const std::lock_guard lock(mutex);
  for (signal_slot& slot : slots) {
    if (slot.target.load(std::memory_order_relaxed) != nullptr) continue;
    slot.signals.store(wanted, std::memory_order_relaxed);
    slot.target.store(&target, std::memory_order_seq_cst);
    std::uint64_t done = 0;
    try {
      for (int signal = 1; signal <= last_signal; ++signal) {
        if ((wanted & bit_of(signal)) == 0) continue;
        install(signal);
        done |= bit_of(signal);
      }
    } catch (...) {
      slot.target.store(nullptr, std::memory_order_seq_cst);
      uninstall(done, slot);
      wait_for_handlers();
      throw;
    }
    return &slot;
  }
  throw std::length_error("smartasync: too many runs and signal sets wait for signals");
}

void close_signal_slot(signal_slot& slot) noexcept {
  const std::lock_guard lock(mutex);
  const std::uint64_t signals = slot.signals.load(std::memory_order_relaxed);
  uninstall(signals, slot);
  slot.target.store(nullptr, std::memory_order_seq_cst);
  wait_for_handlers();
}

}  // namespace smartasync::detail
