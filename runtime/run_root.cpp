// SPDX-License-Identifier: MIT
#include "smartasync/detail/run_root.hpp"

#include <string>

#include "smartasync/detail/blocked_waiter.hpp"
#include "smartasync/detail/wait_note.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/executor.hpp"

namespace smartasync::detail {
namespace {

struct ended_flag : completion {
  ended_flag() noexcept
      : completion([](completion* self) noexcept { static_cast<ended_flag*>(self)->ended = true; },
                   "run") {}
  bool ended = false;
};

context_node** values_here() noexcept {
  thread_state& t = state_here();
  return t.current != nullptr ? &t.current->values() : &t.values;
}

/// A root on a loop that runs on another thread, which blocks meanwhile.
class remote_root : work_item, completion {
 public:
  remote_root(event_loop& where, std::coroutine_handle<> h, promise_base& p) noexcept
      : work_item(&remote_root::start),
        completion(&remote_root::end, "run"),
        where_(where),
        handle_(h),
        promise_(p),
        scope_(&where, values_here(), state_here().current, &waiter_),
        waiter_(state_here().worker_of, scope_, true) {}

  void run() {
    // From before the chain begins: what it submits finds this thread waiting.
    const blocking_here blocks(waiter_);
    if (watching()) [[unlikely]]
      note_wait(static_cast<work_item*>(this), handle_, &scope_, wait_kind::start,
                {.object = &where_, .name = "run"});
    if (!where_.post_remote(*this)) {
      if (watching()) note_wait_ended(static_cast<work_item*>(this));
      throw loop_closed_error("smartasync: the event loop that the call runs on has ended");
    }
    waiter_.wait_helping();
  }

 private:
  static void start(work_item* item) noexcept {
    auto* self = static_cast<remote_root*>(item);
    scope* const parent = self->scope_.parent();
    const bool at_home = parent != nullptr && parent->home() == &self->where_;
    self->scope_.attach(at_home ? *parent : self->where_.spawned());
    state_here().current = &self->scope_;
    if (self->promise_.start(self->handle_) || !self->promise_.notify(*self)) end(self);
  }

  static void end(completion* told) noexcept {
    auto* self = static_cast<remote_root*>(told);
    state_here().current = nullptr;
    self->scope_.detach();
    self->waiter_.finish();
  }

  event_loop& where_;
  std::coroutine_handle<> handle_;
  promise_base& promise_;
  scope scope_;
  blocked_waiter waiter_;
};

/// The scope of a root on this thread's own loop. An executor's thread counts as blocked: it makes
/// no calls but those that it makes in there.
struct own_root {
  explicit own_root(event_loop& loop) noexcept
      : chain(&loop, values_here(), state_here().current,
              state_here().worker_of != nullptr ? &waiter : nullptr),
        waiter(state_here().worker_of, chain, false),
        blocks(waiter) {}
  scope chain;
  blocked_waiter waiter;
  blocking_here blocks;
};

void run_on_own(event_loop& loop, std::coroutine_handle<> h, promise_base& p) {
  own_root outer(loop);
  // Not started here but by the loop, which puts aside what a foreign coroutine has begun.
  struct first_step : work_item, ended_flag {
    first_step(std::coroutine_handle<> h, promise_base& p, scope& s) noexcept
        : work_item([](work_item* item) noexcept {
            auto* self = static_cast<first_step*>(item);
            state_here().current = &self->root;
            self->ended = self->promise.start(self->handle) || !self->promise.notify(*self);
          }),
          handle(h),
          promise(p),
          root(s) {}
    std::coroutine_handle<> handle;
    promise_base& promise;
    scope& root;
  } first(h, p, outer.chain);
  if (watching()) [[unlikely]]
    note_wait(static_cast<work_item*>(&first), h, &outer.chain, wait_kind::start,
              {.object = &loop, .name = "run"});
  loop.post_here(first);
  loop.run_until(first.ended);
}

void run_here(std::coroutine_handle<> h, promise_base& p) {
  if (this_thread_is_ending()) {
    // In the destructor of a static or a thread-local object: a loop for this one run.
    event_loop last;
    run_on_own(last, h, p);
  } else {
    run_on_own(this_thread_loop(), h, p);
  }
}

/// Awaits a task for its end alone: its result stays where it is.
class end_awaiter {
 public:
  using smartasync_native = void;
  explicit end_awaiter(unstarted_task t) noexcept : task_(t) {}

  bool await_ready() noexcept { return task_.promise->start_nested(task_.handle); }
  bool await_suspend(awaiting_coroutine parent) noexcept { return task_.promise->notify(parent); }
  static void await_resume() noexcept {}

 private:
  unstarted_task task_;
};

task<void> end_of_made(call_ref<unstarted_task> make) { co_await end_awaiter(make()); }

}  // namespace

void throw_blocking_call(const char* name) {
  throw blocking_call_error("Cannot call " + std::string(name) +
                            "() synchronously from within an async context. Use 'co_await' "
                            "instead.");
}

void run_loop_until_ended(event_loop& loop, promise_base& p) noexcept {
  if (state_here().next != nullptr) [[unlikely]]
    drain_next();
  if (p.ended()) return;
  loop.run_turns_until_ended(p.end());
}

void run_root_elsewhere(std::coroutine_handle<> h, promise_base& p, const char* name) {
  if (in_async_context()) throw_blocking_call(name);
  event_loop* const home = state_here().home;
  if (home != nullptr) return run_root_on(*home, h, p, name);
  run_here(h, p);
}

void run_root_on(event_loop& where, std::coroutine_handle<> h, promise_base& p, const char* name) {
  if (in_async_context()) throw_blocking_call(name);
  remote_root(where, h, p).run();
}

void run_made(call_ref<unstarted_task> make, const char* name) {
  const task<void> root = end_of_made(make);
  run_root(root.handle(), root.handle().promise(), name);
  root.handle().promise().result().take();
}

bool belongs_elsewhere(const event_loop& where) noexcept {
  const scope* const current = state_here().current;
  return current != nullptr && current->home() != nullptr && current->home() != &where;
}

}  // namespace smartasync::detail
