// SPDX-License-Identifier: MIT
#include "smartasync/spawn.hpp"

#include <exception>
#include <memory>
#include <utility>

#include "smartasync/errors.hpp"

namespace smartasync::detail {
namespace {

context_node* values_here() noexcept {
  thread_state& t = state_here();
  return t.current != nullptr ? t.current->values() : t.values;
}

/// A detached task: owns itself from the first step to the end.
class detached : work_item, completion {
 public:
  detached(event_loop& where, task<void> t) noexcept
      : work_item(&detached::start),
        completion(&detached::end),
        where_(where),
        scope_(scope::detached_t{}, &where, values_here()),
        task_(std::move(t)) {}

  /// The loop takes the ownership.
  static void post(std::unique_ptr<detached> self) noexcept {
    event_loop& where = self->where_;
    where.post(*self.release());
  }

 private:
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
      report_unhandled(std::current_exception());
    }
  }

  event_loop& where_;
  scope scope_;
  task<void> task_;
};

}  // namespace

event_loop& spawning_loop() {
  const thread_state& t = state_here();
  if (t.loop != nullptr) return *t.loop;
  if (t.home != nullptr) return *t.home;
  throw wrong_loop_error("smartasync::spawn() is called where no loop runs");
}

void spawn_detached(event_loop& where, task<void> t) {
  detached::post(std::make_unique<detached>(where, std::move(t)));
}

}  // namespace smartasync::detail
