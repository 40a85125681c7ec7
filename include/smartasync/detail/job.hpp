// SPDX-License-Identifier: MIT
#pragma once

#include "smartasync/detail/scope.hpp"
#include "smartasync/detail/suspended.hpp"

namespace smartasync::detail {

/// Work for an executor, and once it has been done, the queue entry of the coroutine that waits for
/// it, which is at home on the loop `home`; null where nobody waits to be posted. `chain` is for
/// whom it works, null for nobody that waits. Whoever submits it keeps it alive until it has run or
/// was taken out again.
struct job : suspended {
  using function = void(job*) noexcept;

  explicit job(function* f) noexcept : work(f), home(nullptr) {}

  function* work;  ///< What is to be done.
  /// The job in front of it, in a queue. Of one that has been called, one that goes home a little
  /// later, to be fetched by who goes on; an address and no more, for it may be gone by then. Null
  /// where there is none.
  job* before = nullptr;
  bool queued = false;          ///< Guarded by the executor's lock.
  bool can_be_refused = false;  ///< `refused` may be set before it is executed.
  bool refused = false;         ///< No thread can make the call: executed, it ends with an error.
  bool cancelled = false;       ///< The call was not made.
  event_loop* home;             ///< The loop where that chain runs.
  const char* called = "smartasync::to_thread";  ///< What errors call it.

 protected:
  /// Of a coroutine that is yet to be captured, with its home.
  struct for_whom_t {};
  job(function* f, for_whom_t) noexcept : suspended(unsaid_t()), work(f) {}
};

/// While it lives, this thread makes calls of an executor's jobs, with its state set to the chain
/// of each meanwhile.
class calling_jobs {
 public:
  calling_jobs() noexcept
      : here_(state_here()),
        outer_scope_(here_.current),
        outer_home_(here_.home),
        outer_job_(here_.job) {}
  ~calling_jobs() {
    here_.current = outer_scope_;
    here_.home = outer_home_;
    here_.job = outer_job_;
  }
  calling_jobs(const calling_jobs&) = delete;
  calling_jobs& operator=(const calling_jobs&) = delete;

  /// True when somebody waits for the job, who is to be posted to its home. Where nobody does, the
  /// job may be gone.
  [[nodiscard]] bool call(job& j) const noexcept {
    event_loop* const home = j.home;
    here_.job = &j;
    here_.current = j.chain;
    here_.own_root = nullptr;
    here_.home = home;
    j.work(&j);
    return home != nullptr;
  }

 private:
  thread_state& here_;
  scope* const outer_scope_;
  event_loop* const outer_home_;
  const job* const outer_job_;
};

/// Posts those who wait to their loop in one step, linked from the oldest to the newest. From any
/// thread. Defined where loops are known.
void post_home(event_loop& home, work_item& oldest, work_item& newest) noexcept;

/// Has the loop that runs on this thread call `f(of)` once, when the steps have run that it has
/// queued now, or when it returns. False, and nothing is done, where no loop runs here or another
/// such call is to come. Defined where loops are known.
bool call_after_turn(void (*f)(void* of) noexcept, void* of) noexcept;

/// `event_loop::call_at_end`. Defined where loops are known.
void call_at_end_of(event_loop& home, void (*f)(event_loop& ended) noexcept) noexcept;

/// `event_loop::expect_answer` of the loop that runs on this thread, if any. Defined where loops
/// are known.
void expect_answer(bool is_near) noexcept;

/// Calls a job and posts who waits for it.
void run_job(job& j) noexcept;

}  // namespace smartasync::detail
