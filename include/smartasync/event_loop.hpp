// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>

#include "smartasync/detail/adaptive_spin.hpp"
#include "smartasync/detail/awaiting_coroutine.hpp"
#include "smartasync/detail/modes.hpp"
#include "smartasync/detail/scope.hpp"
#include "smartasync/detail/suspended.hpp"
#include "smartasync/detail/timer_heap.hpp"
#include "smartasync/loop_wait.hpp"

namespace smartasync {

/// The awaitable that `readable()` and `writable()` return; await it where it stands.
class [[nodiscard]] descriptor_wait : descriptor_watch, detail::cancel_node {
 public:
  using smartasync_native = void;

  descriptor_wait(event_loop* loop, int descriptor, bool writing) noexcept;
  descriptor_wait(const descriptor_wait&) = delete;

  bool await_ready();
  bool await_suspend(detail::awaiting_coroutine h);
  void await_resume();

 private:
  static void cancel(detail::cancel_node* node) noexcept;

  event_loop* loop_;
  bool cancelled_ = false;
};

/// Runs work on one thread at a time: posted functions and coroutines, timers, descriptor
/// readiness. It resumes coroutine handles and knows nothing of `task`.
///
/// Life: opens no descriptor before one is watched and sleeps on a futex until then. It runs while
/// `run()`, or `smartasync::run()` on its thread, is on the stack; between runs what is posted
/// stays queued. When it is destroyed, it runs what is queued once more, cancels what was spawned
/// on it and what its coroutines wait for, and runs until that has ended. A function or a bare
/// coroutine that comes in meanwhile is not run, and reported as an unhandled `loop_closed_error`;
/// after the end `post()` throws it.
///
/// Thread safety: `post()`, `stop()` and `running_in_this_thread()` from any thread; `post()` must
/// not race with the destructor. All else on the loop's thread.
class event_loop {
 public:
  /// Opens nothing and starts nothing.
  event_loop();
  /// With another blocking wait than the default.
  explicit event_loop(std::unique_ptr<loop_wait> wait);
  ~event_loop();
  event_loop(const event_loop&) = delete;
  event_loop& operator=(const event_loop&) = delete;

  /// Runs what is posted until `stop()`. Throws `blocking_call_error` when a loop already runs on
  /// this thread, `std::logic_error` when this loop runs on another, `loop_closed_error` after
  /// `close()`.
  void run();

  /// Ends the current `run()`, or the next when none is current, after the step that is executing.
  void stop() noexcept;

  /// Queues a function. What it throws is reported to the handler of unhandled exceptions, and the
  /// loop goes on. Throws `loop_closed_error` when the loop has ended, `std::bad_alloc`.
  void post(std::function<void()> f);
  /// Queues a coroutine to be resumed. An exception that leaves it is reported in the same way.
  void post(std::coroutine_handle<> h);
  /// The same, of any coroutine.
  template <class Promise>
  void post(std::coroutine_handle<Promise> h) {
    post(std::coroutine_handle<>(h));
  }
  /// Queues an item that the caller keeps alive until it is executed. False, and not queued, when
  /// the loop has ended.
  bool post(detail::work_item& item) noexcept {
    if (!running_in_this_thread()) return post_remote(item);
    post_here(item);
    return true;
  }

  /// True on the thread where this loop runs, while it does. From any thread.
  [[nodiscard]] bool running_in_this_thread() const noexcept {
    return detail::state_here().loop == this;
  }

  /// Awaited, resumes when `fd` can be read (written) without blocking, has an error or a hang-up.
  /// One coroutine may wait for each of the two at a time. Throws, when awaited, `wrong_loop_error`
  /// where this loop is not the one that runs on the thread, `cancelled_error`,
  /// `std::system_error`. To close a descriptor, first cancel who waits for it.
  [[nodiscard]] descriptor_wait readable(int fd) noexcept { return {this, fd, false}; }
  [[nodiscard]] descriptor_wait writable(int fd) noexcept { return {this, fd, true}; }

  // What the floors above build on.

  /// Queues on the loop's own thread. No atomic operation.
  void post_here(detail::work_item& item) noexcept { ready_.push(item); }
  /// Queues from another thread or from a signal handler: one atomic step, and a system call only
  /// when the loop sleeps. Touches nothing of the loop once the item is in, unless the loop waits
  /// for that touch. False, and not queued, when the loop has ended.
  bool post_remote(detail::work_item& item) noexcept { return post_stack(item, item); }
  /// The same with a row of items at once, linked from the oldest to the newest. Where others have
  /// come before it, and the loop has not taken them yet, each of its items is touched. A row that
  /// is refused has other links afterwards.
  bool post_row(detail::work_item& oldest, detail::work_item& newest) noexcept;

  /// Loop's thread. Throws `std::bad_alloc`.
  void add_timer(detail::timer& t, detail::deadline when) {
    timers_.insert(t, when);
    ++sources_;
  }
  /// Takes out a timer that has not fired. Loop's thread.
  void remove_timer(detail::timer& t) noexcept {
    timers_.erase(t);
    --sources_;
  }
  /// Loop's thread. False when the descriptor is always ready. Throws `std::system_error`.
  bool watch(descriptor_watch& w);
  /// Gives up a watch that has not become ready. Loop's thread.
  void unwatch(descriptor_watch& w) noexcept;

  /// Runs until `done` is true after a step; the rest stays queued. Requires that no loop runs on
  /// this thread, or this one, to continue what was begun.
  void run_until(const bool& done) noexcept;

  /// The same until `end`, which only this thread writes, is `ended_mark`, which it is not yet,
  /// where this loop is marked already as the one that runs here, and nothing is watched.
  void run_turns_until_ended(const std::atomic<void*>& end) noexcept;

  /// Calls `f(of)` once: when the steps have run that are queued now, or when the run returns.
  /// False, and nothing is done, where another such call is to come. Loop's thread, while it runs.
  bool call_late(void (*f)(void* of) noexcept, void* of) noexcept;

  /// The destructor calls `f` when everything has ended. One function at the most, the newest; that
  /// of executors, which let go of the loop. From a thread that works for this loop, and posts to
  /// it afterwards.
  void call_at_end(void (*f)(event_loop& ended) noexcept) noexcept {
    at_end_.store(f, std::memory_order_relaxed);
  }

  /// Says whether the thread that has just been called to work for this loop will not keep it
  /// waiting for long, nor needs its processor: then the loop may look for the answer for longer
  /// before it sleeps. Holds until it is said anew. Loop's thread.
  void expect_answer(bool is_near) noexcept { answer_is_near_ = is_near; }

  /// True in debug mode or with a trace. From any thread.
  [[nodiscard]] bool is_watched() const noexcept { return is_watched_; }

  /// The scope that spawned work is joined to, so that the loop's end can cancel it.
  [[nodiscard]] detail::scope& spawned() noexcept { return spawned_; }

  /// Keeps the loop from ending until `release()`: something on another thread will post to it for
  /// a coroutine that is in no chain. Loop's thread.
  void hold() noexcept { ++held_; }
  void release() noexcept { --held_; }

  /// Ends the loop as the destructor does: afterwards it takes nothing any more. On the thread
  /// where it runs, or on any when it runs on none.
  void close() noexcept;

 private:
  struct stop_item : detail::work_item {
    explicit stop_item(event_loop& owner) noexcept;
    event_loop& loop;
    std::atomic<bool> queued{false};
  };
  struct late_call : detail::work_item {
    late_call() noexcept;
    void make_if_any() noexcept {
      if (function != nullptr) [[unlikely]]
        make();
    }
    void make() noexcept;
    void (*function)(void*) noexcept = nullptr;  ///< Null when there is nothing to call.
    void* of = nullptr;
    bool queued = false;
  };

  [[nodiscard]] bool has_work() const noexcept { return held_ != 0 || spawned_.has_members(); }
  [[nodiscard]] bool has_ready() const noexcept { return turn_ != nullptr || !ready_.empty(); }
  detail::work_item* take_of_turn() noexcept;
  template <class Done>
  detail::work_item* begin_turn(Done done) noexcept;
  template <bool Watched>
  void run_ready() noexcept;
  template <bool Watched>
  void step(detail::work_item& item) noexcept;
  template <bool Watched, class Done>
  void run_turns(Done done) noexcept;
  template <bool Watched>
  void end_work() noexcept;
  /// Whether something may have become ready outside of the steps: one comparison for both.
  [[nodiscard]] bool needs_poll() const noexcept {
    const void* const came = inbox_.load(std::memory_order_relaxed);
    return (reinterpret_cast<std::uintptr_t>(came) | sources_) != 0;
  }
  void poll() noexcept;
  [[nodiscard]] bool closed() const noexcept;
  /// False when there is something in it.
  [[nodiscard]] bool close_inbox() noexcept;
  bool post_stack(detail::work_item& newest, detail::work_item& oldest) noexcept;
  void wake(const void* seen) noexcept;
  void drain_inbox() noexcept;
  void take_inbox(void* word) noexcept;
  void fire_timers() noexcept;
  std::size_t wait_for_descriptors(detail::deadline until) noexcept;
  void sleep() noexcept;

  // Null: empty; an address: the newest of a stack of items, or with a tag the oldest of a row that
  // came while it was empty; otherwise one of the marks that say how the loop sleeps, or that it
  // has ended. Below the items of a stack there may be such a row.
  std::atomic<void*> inbox_{nullptr};
  detail::work_item* turn_ = nullptr;  // What is left of the turn, linked by `next`.
  detail::work_queue ready_;           // The next one.
  detail::timer_heap timers_;
  std::unique_ptr<loop_wait> wait_;
  std::size_t sources_ = 0;  // Timers and watched descriptors.
  std::size_t wakes_owed_ = 0;
  std::size_t held_ = 0;
  unsigned turns_ = 0;
  detail::adaptive_spin spin_;
  bool stopped_ = false;
  bool discarding_ = false;
  bool answer_is_near_ = false;
  const bool is_watched_ = detail::modes() != 0;
  stop_item stop_{*this};
  late_call late_;
  std::atomic<bool> running_{false};
  std::atomic<void (*)(event_loop&) noexcept> at_end_{nullptr};
  detail::context_node* values_ = nullptr;
  detail::scope spawned_{this, &values_};
};

/// `readable()` and `writable()` of the loop that runs where they are awaited; `wrong_loop_error`
/// when none does.
[[nodiscard]] inline descriptor_wait readable(int fd) noexcept { return {nullptr, fd, false}; }
[[nodiscard]] inline descriptor_wait writable(int fd) noexcept { return {nullptr, fd, true}; }

/// The loop that `run()` uses on this thread: made at first use, ended with the thread, on which it
/// cancels what was spawned on it. Throws `loop_closed_error` when the thread is past that.
[[nodiscard]] event_loop& this_thread_loop();

/// Takes an exception that nobody waits for: of a posted function, of spawned work.
using unhandled_exception_handler = void (*)(std::exception_ptr) noexcept;

/// Replaces what happens to such exceptions (default: one line on stderr); null restores it.
/// Returns the previous one. From any thread.
unhandled_exception_handler set_unhandled_exception_handler(unhandled_exception_handler f) noexcept;

namespace detail {
/// The loop of `this_thread_loop()` on a plain thread where it was made; null elsewhere.
[[nodiscard]] event_loop* existing_thread_loop() noexcept;
/// True once the loop of this thread has ended.
[[nodiscard]] bool this_thread_is_ending() noexcept;
/// Hands an exception to that function.
void report_unhandled(std::exception_ptr e) noexcept;
/// The same with the one that is being caught: who catches it has no room on the stack for it.
[[gnu::cold]] void report_caught() noexcept;
/// Resumes a coroutine, of whatever library, and reports an exception that leaves it.
void resume_reporting(std::coroutine_handle<> h) noexcept;

/// The scope whose cancellation an awaiter joins that is about to suspend: that of its chain; for a
/// coroutine that a loop resumes as a bare handle the loop's own, so that the loop does not end
/// under it. Null where no loop runs.
[[nodiscard]] inline scope* cancelling_scope() noexcept {
  const thread_state& t = state_here();
  if (t.loop == nullptr) return nullptr;
  return t.current != nullptr ? t.current : &t.loop->spawned();
}
}  // namespace detail

}  // namespace smartasync
