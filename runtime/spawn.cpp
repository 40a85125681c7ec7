// SPDX-License-Identifier: MIT
#include "smartasync/spawn.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "report.hpp"
#include "smartasync/detail/frame_cache.hpp"
#include "smartasync/detail/wait_note.hpp"
#include "smartasync/errors.hpp"
#include "thread_label.hpp"

namespace smartasync::detail {
namespace {

context_node* inherited_values() noexcept {
  thread_state& t = state_here();
  return t.current != nullptr ? t.current->values() : t.values;
}

/// A detached task: owns itself from the first step to the end.
class detached : work_item, completion {
 public:
  detached(event_loop& where, task<void> t, const char* as, scope* waits_for) noexcept
      : work_item(&detached::start),
        completion(&detached::end, as),
        where_(where),
        task_(std::move(t)),
        scope_(scope::detached_t{}, &where, inherited_values(), waits_for) {}

  // Like a frame: it lives as long as one, and ends on the loop's thread as its task's does.
  [[nodiscard]] static void* operator new(std::size_t size) { return allocate_frame(size); }
  static void operator delete(void* self, std::size_t size) noexcept { free_frame(self, size); }

  /// The loop takes the ownership.
  static void post(std::unique_ptr<detached> self) {
    if (watching()) [[unlikely]]
      self->note_start();
    if (!self->where_.post(*self)) {
      if (watching()) note_wait_ended(static_cast<work_item*>(self.get()));
      throw loop_closed_error("smartasync::spawn(): the loop has ended");
    }
    [[maybe_unused]] const detached* const the_loops = self.release();
  }

 private:
  void note_start() noexcept {
    note_wait(static_cast<work_item*>(this), task_.handle(), &scope_, wait_kind::start,
              {.object = &where_, .name = name});
  }

  static void start(work_item* item) noexcept {
    auto* self = static_cast<detached*>(item);
    self->scope_.attach(self->where_.spawned());
    state_here().current = &self->scope_;
    promise_base& promise = self->task_.handle().promise();
    if (promise.start(self->task_.handle()) || !promise.notify(*self)) end(self);
  }

  static void end(completion* told) noexcept {
    const std::unique_ptr<detached> self(static_cast<detached*>(told));
    state_here().current = nullptr;
    try {
      self->task_.handle().promise().result().take();
    } catch (const cancelled_error&) {
      // The loop has ended, or the task gave up by itself.
    } catch (...) {
      report_caught();
    }
  }

  event_loop& where_;
  task<void> task_;  // Outlives the scope: it may keep what that hangs under.
  scope scope_;
};

}  // namespace

event_loop& spawning_loop() {
  const thread_state& t = state_here();
  if (t.loop != nullptr) return *t.loop;
  if (t.home != nullptr) return *t.home;
  throw wrong_loop_error("smartasync::spawn() is called where no loop runs");
}

void report_ready_call(const char* function, const char* given_to) noexcept {
  if ((modes() & mode_debug) == 0) return;
  try {
    report("smartasync: " + std::string(given_to) + "() was given a call of " + function +
           "() that is ready: no loop runs on " + this_thread_label().text() +
           ", so it ran there when it was made. Give a callable that makes the call.\n");
  } catch (const std::exception&) {
    // Without memory there is no report.
  }
}

void spawn_detached(event_loop& where, task<void> t, const char* as, scope* waits_for) {
  detached::post(std::make_unique<detached>(where, std::move(t), as, waits_for));
}

}  // namespace smartasync::detail
