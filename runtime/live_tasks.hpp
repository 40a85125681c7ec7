// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "smartasync/detail/wait_note.hpp"
#include "thread_label.hpp"

namespace smartasync {
class event_loop;
}

namespace smartasync::detail {

using watch_clock = std::chrono::steady_clock;

/// A coroutine that waits.
struct live_wait {
  const void* item = nullptr;  ///< The queue entry by which it goes on.
  const void* frame = nullptr;
  const void* code = nullptr;       ///< Of its body.
  promise_base* promise = nullptr;  ///< Where it is a task.
  const scope* chain = nullptr;
  event_loop* loop = nullptr;  ///< On which it waits; null for none.
  wait_kind kind = wait_kind::turn;
  wait_details details;
  watch_clock::time_point since;
  std::string executor;        ///< Where a call is offloaded to.
  const char* call = nullptr;  ///< The annotated function that is offloaded.
  thread_label runs_on;        ///< Where that runs, once it does.
  watch_clock::time_point runs_since;
  bool has_run = false;
  std::uint64_t flow = 0;  ///< Of the arrow in the trace.
};

/// A loop that has run. A step and a look at its tasks exclude each other.
class live_loop {
 public:
  /// What it does now.
  struct activity {
    thread_label thread;  ///< On which it runs, or ran last.
    bool runs = false;    ///< Somebody has called its run().
    bool in_step = false;
    watch_clock::time_point step_began;
    const void* frame = nullptr;    ///< The coroutine that the step resumed.
    const void* code = nullptr;     ///< Of that coroutine, or of the function that was posted.
    const char* name = nullptr;     ///< Of the annotated function that the coroutine is.
    const char* entered = nullptr;  ///< The annotated function that the step entered last.
  };

  void begin_run() noexcept;
  void end_run() noexcept;
  /// Blocks while somebody looks.
  void begin_step(const void* frame, const void* code, const char* name) noexcept;
  /// Gives what the step was.
  activity end_step() noexcept;
  void enter(const char* function) noexcept;
  void start(const void* frame, const void* code, const char* name) noexcept;

  /// Keeps the loop from its next step, until end_look(). False when a step lasts past `until`,
  /// and then there is nothing to end. True within a step of this very thread.
  bool begin_look(watch_clock::time_point until) noexcept;
  void end_look() noexcept;

  [[nodiscard]] activity now() noexcept;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  // All below are guarded by mutex_.
  activity now_;
  unsigned runs_ = 0;  // A loop runs within its own step to continue what was begun.
  unsigned steps_ = 0;
  unsigned looks_ = 0;
};

/// What is known of the tasks of this process. Never destroyed: tasks end while the process exits.
struct live_tasks {
  struct named_frame {
    const char* name;
    bool wraps;  ///< A coroutine of ours around the author's function.
  };

  std::mutex mutex;
  // All below are guarded by mutex.
  std::unordered_map<const void*, live_wait> waits;     // By item.
  std::unordered_map<const void*, named_frame> frames;  // Coroutines of annotated functions.
  std::unordered_map<event_loop*, std::shared_ptr<live_loop>> loops;

  [[nodiscard]] static live_tasks& all();

  /// Makes it at the first call.
  [[nodiscard]] std::shared_ptr<live_loop> loop(event_loop& which);
  /// Null where it is not known. Requires the lock.
  [[nodiscard]] const char* name_of(const void* frame) const noexcept;
};

/// The loop that runs on this thread; null where none does, or it is not known.
[[nodiscard]] std::shared_ptr<live_loop> live_loop_here() noexcept;

/// The annotated call that the next note_wait() of this thread is about, null for none.
void set_call_awaited_here(const char* function) noexcept;

/// Says of which annotated function a coroutine is.
void name_frame(const void* frame, const char* function, bool wraps) noexcept;
void forget_frame(const void* frame) noexcept;

/// The code that a suspended coroutine goes on with; null for none.
[[nodiscard]] const void* code_of(const void* frame) noexcept;

/// The name of the function that has this code, empty where it is not known. Remembered.
[[nodiscard]] std::string code_name(const void* code);

}  // namespace smartasync::detail
