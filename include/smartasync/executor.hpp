// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "smartasync/detail/job_inbox.hpp"
#include "smartasync/detail/job_ring.hpp"

namespace smartasync {

namespace detail {
struct blocked_call;
class blocked_waiter;
}  // namespace detail

/// min(32, cores + 4).
[[nodiscard]] unsigned default_max_threads() noexcept;

/// What an executor does with a call when as many wait for a thread as `max_queue` allows. `wait`:
/// the coroutine that awaits the call stays suspended until there is room; its loop goes on.
/// `refuse`: the await throws `executor_full_error`, at once.
enum class when_full { wait, refuse };

/// The limits of a named executor.
struct executor_options {
  /// Threads that work at one time; none is started before it is needed. At least 1.
  unsigned max_threads = default_max_threads();
  /// Calls that may wait for a thread; what happens to one more is for `full` to say.
  std::size_t max_queue = std::numeric_limits<std::size_t>::max();
  /// Whether a call that finds the queue full waits for room.
  when_full full = when_full::wait;
  /// How long a thread without work stays. `max()`: for ever.
  std::chrono::milliseconds idle_timeout{10'000};
  /// Threads that may be started beyond `max_threads` while as many block in a nested `run()`.
  unsigned reserve_threads = 4;

  bool operator==(const executor_options&) const = default;
};

/// Where synchronous calls run for coroutines. A name stands for one executor for the life of the
/// process.
///
/// Its end: see `shutdown()`, which the end of `main` does as well.
///
/// Thread safety: all of it, from any thread.
class executor {
 public:
  executor(const executor&) = delete;
  executor& operator=(const executor&) = delete;

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// True for `inline`: a job runs on the submitting thread.
  [[nodiscard]] bool runs_inline() const noexcept { return inline_; }

  // What the awaitables build on.

  /// Queues the job; it may run before this returns, and waits in the queue when no thread is free,
  /// beyond `max_queue` too where `full` says so: who awaits it is suspended either way, and
  /// nothing blocks. Throws `executor_full_error`, also where the job would wait for a thread that
  /// waits for it in turn; `loop_closed_error` when the process exits,
  /// `std::system_error` when there is no thread and none can be started: in these cases the job
  /// was not taken.
  void submit(detail::job& j) {
    const auto answer = push(j);
    if (answer != detail::job_inbox::answer::taken) [[unlikely]]
      submit_answered(j, answer);
  }
  /// Its first half: all there is to it where one thread takes all jobs and is awake, which is
  /// answered by `taken`; any other answer goes to the second half. From any thread.
  [[nodiscard]] detail::job_inbox::answer push(detail::job& j) noexcept { return inbox_.push(j); }
  /// The same on the thread of the loop where the job is at home: for one of them it is cheaper.
  [[nodiscard]] detail::job_inbox::answer push(detail::job& j, const event_loop& home) noexcept {
    const auto answer = ring_.push(j, home);
    return answer != detail::job_inbox::answer::refused ? answer : inbox_.push(j);
  }
  /// Its second half: throws what `submit()` does, and then the job was not taken. Where the answer
  /// is neither `refused` nor `left_behind`, it may have run, and be gone, before this is called.
  virtual void submit_answered(detail::job& j, detail::job_inbox::answer answer) = 0;
  /// Takes a job out of the queue; false when it runs already, or has run.
  virtual bool remove(detail::job& j) noexcept = 0;
  /// Blocks one of the executor's own threads until `waiter` is done, and runs jobs of the waiter's
  /// chain meanwhile, nobody else's. Between `begin_block()` and `end_block()`.
  virtual void block(detail::blocked_waiter& waiter) noexcept = 0;
  /// Tells the executor that one of its threads blocks from now on in `call`, and that it works
  /// again. What waits in the queue goes to another thread then, a reserve thread where need be;
  /// when the system gives none and every thread blocks, those who await it get
  /// `std::system_error`.
  virtual void begin_block(detail::blocked_call& call) noexcept = 0;
  virtual void end_block(detail::blocked_call& call) noexcept = 0;

 protected:
  executor(std::string name, bool is_inline) : name_(std::move(name)), inline_(is_inline) {}
  virtual ~executor() = default;

  // Open where one thread takes all jobs.
  detail::job_inbox inbox_;
  detail::job_ring ring_;

 private:
  std::string name_;
  bool inline_;
};

/// The executor of that name. Built in are `pool` (the default), `serial` (always one and the same
/// thread) and `inline` (on the calling thread, for calls that do not block); any other is made at
/// first use with the default limits.
[[nodiscard]] executor& find_executor(std::string_view name);

namespace detail {
/// `find_executor("pool")`, without the search.
[[nodiscard]] executor& default_executor();
}  // namespace detail

/// Sets the limits of a named executor before its first use. Throws `std::logic_error` when it is
/// in use already with others, or for `serial` and `inline`, which have none;
/// `std::invalid_argument` for no threads at all.
void configure_executor(std::string_view name, const executor_options& options);

}  // namespace smartasync
