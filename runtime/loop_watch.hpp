// SPDX-License-Identifier: MIT
#pragma once

namespace smartasync {
class event_loop;
}

namespace smartasync::detail {

struct work_item;

// What a loop calls where modes() is not zero. On the loop's thread.

/// While it lives, the loop runs on this thread.
class watched_run {
 public:
  explicit watched_run(event_loop& loop) noexcept;
  ~watched_run();
  watched_run(const watched_run&) = delete;
  watched_run& operator=(const watched_run&) = delete;

 private:
  event_loop& loop_;
};

/// One step: waits while the tasks of the loop are being looked at, ends the wait that the step
/// resumes, takes the time, and reports or traces it.
class watched_step {
 public:
  watched_step(event_loop& loop, const work_item& item) noexcept;
  ~watched_step();
  watched_step(const watched_step&) = delete;
  watched_step& operator=(const watched_step&) = delete;

 private:
  event_loop& loop_;
};

/// A loop ends with work pending: says what that is.
void report_pending(event_loop& loop) noexcept;
/// The loop is gone.
void note_loop_ended(event_loop& loop) noexcept;

}  // namespace smartasync::detail
