// SPDX-License-Identifier: MIT
#include "smartasync/portal.hpp"

#include <algorithm>
#include <mutex>
#include <vector>

#include "portal_visit.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/spawn.hpp"

namespace smartasync {
namespace detail {

class portal_state {
 public:
  explicit portal_state(event_loop& loop) : loop_(loop) {}

  void admit(const std::shared_ptr<submission>& one, task<void> work) {
    if (loop_.running_in_this_thread()) {
      throw blocking_call_error(
          "smartasync::portal: submitted to on the thread of its own loop. Use 'co_await' "
          "instead.");
    }
    // The loop cannot end while the lock is held: its end closes the portal first.
    const std::lock_guard lock(mutex_);
    if (closed_) throw loop_closed_error("smartasync::portal: its loop has ended, or it is closed");
    inside_.push_back(one);
    try {
      spawn_detached(loop_, stopped_by(one->stop.get_token(), std::move(work)), "portal",
                     one->visit != nullptr ? &one->visit->chain() : nullptr);
    } catch (...) {
      inside_.pop_back();
      throw;
    }
  }

  void visit(const std::shared_ptr<submission>& one, task<void> work) {
    const auto mine = std::make_shared<portal_visit>();
    one->visit = mine;
    {
      // From before the work begins: what it submits finds this thread waiting.
      const blocking_here blocks(*mine);
      admit(one, std::move(work));
      mine->wait_helping();
    }
    mine->leave();
  }

  void leave(const std::shared_ptr<submission>& one) noexcept {
    {
      const std::lock_guard lock(mutex_);
      std::erase(inside_, one);
    }
    if (one->visit != nullptr) one->visit->end();
  }

  void close() noexcept {
    std::vector<std::shared_ptr<submission>> left;
    {
      const std::lock_guard lock(mutex_);
      if (std::exchange(closed_, true)) return;
      left.swap(inside_);
    }
    std::exception_ptr reason;
    try {
      throw loop_closed_error("smartasync::portal: closed before the call had ended");
    } catch (...) {
      reason = std::current_exception();  // Or that there is no memory for the text.
    }
    for (const std::shared_ptr<submission>& one : left) {
      one->refuse(reason);
      one->stop.request_stop();
      if (one->visit != nullptr) one->visit->finish();
    }
    watch.request_stop();
  }

  event_loop& loop() noexcept { return loop_; }

  std::stop_source watch;  ///< ends the coroutine that waits for the end of the loop

 private:
  event_loop& loop_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<submission>> inside_;  // Guarded by mutex_.
  bool closed_ = false;                              // Guarded by mutex_.
};

namespace {

/// Awaited in a scope, resumes when that is cancelled. Allocates nothing, so that it cannot fail.
class until_cancelled : suspended, cancel_node {
 public:
  using smartasync_native = void;

  until_cancelled() noexcept : cancel_node(&until_cancelled::cancel) {}

  static bool await_ready() noexcept { return state_here().current->cancelled(); }
  void await_suspend(std::coroutine_handle<> h) noexcept {
    capture(h, state_here().current);
    chain->add(*this);
  }
  static void await_resume() noexcept {}

 private:
  static void cancel(cancel_node* self) noexcept {
    static_cast<until_cancelled*>(self)->schedule();
  }
};

// Ends with the portal, or with the loop, which cancels what was spawned on it.
task<void> close_with_loop(std::shared_ptr<portal_state> portal) {
  co_await until_cancelled();
  portal->close();
}

}  // namespace

void admit(portal_state& portal, const std::shared_ptr<submission>& one, task<void> work) {
  portal.admit(one, std::move(work));
}

void visit(portal_state& portal, const std::shared_ptr<submission>& one, task<void> work) {
  // Else the wait for the future is all: nobody waits for anything of this thread's.
  if (!portal_visit::is_due()) return portal.admit(one, std::move(work));
  portal.visit(one, std::move(work));
}

void leave(portal_state& portal, const std::shared_ptr<submission>& one) noexcept {
  portal.leave(one);
}

}  // namespace detail

portal::portal() : portal(detail::spawning_loop()) {}

portal::portal(event_loop& loop) : state_(std::make_shared<detail::portal_state>(loop)) {
  detail::spawn_detached(
      loop, detail::stopped_by(state_->watch.get_token(), detail::close_with_loop(state_)),
      "portal");
}

void portal::close() noexcept { state_->close(); }

}  // namespace smartasync
