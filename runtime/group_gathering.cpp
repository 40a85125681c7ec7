// SPDX-License-Identifier: MIT
#include "smartasync/detail/group_gathering.hpp"

#include <cstdio>
#include <exception>
#include <stdexcept>
#include <utility>

#include "smartasync/context_var.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync::detail {

group_gathering::group_gathering()
    : gathering("smartasync::task_group is made where no loop runs", 0) {}

group_gathering::~group_gathering() {
  const std::exception_ptr unseen = take_failure();
  if (unseen == nullptr) return;
  try {
    std::rethrow_exception(unseen);
  } catch (const cancelled_error&) {
    // Who cancelled knows.
  } catch (...) {
    report_unhandled(unseen);
  }
}

void group_gathering::require_open() {
  if (!group().home()->running_in_this_thread()) {
    throw wrong_loop_error(
        "smartasync::task_group::spawn() is called off the thread of the group's loop");
  }
  if (joined_ || (waited_for() && running() == 0)) {
    throw std::logic_error("smartasync::task_group::spawn() is called after join()");
  }
}

void group_gathering::copy_values(scope& to) noexcept {
  scope* const from = state_here().current;
  if (from == nullptr) return;
  release_context(std::exchange(to.values(), retain_context(from->values())));
}

void group_gathering::launch(work_item& start) noexcept {
  one_more();
  group().home()->post_here(start);
}

void group_gathering::require_ended() const noexcept {
  if (running() == 0) return;
  std::fputs(
      "smartasync: a task_group was destroyed while its members run: co_await its join() first, or "
      "use with_task_group().\n",
      stderr);
  std::terminate();
}

bool group_wait::await_ready() {
  if (group_.joining_) {
    throw std::logic_error("smartasync::task_group::join() is awaited for the second time");
  }
  group_.joining_ = true;
  return group_.running() == 0;
}

void group_wait::await_suspend(awaiting_coroutine h) noexcept {
  group_.wait(h, wait_kind::task_group);
  scope* const here = state_here().current;
  if (here == nullptr) return;
  if (here->cancelled()) {
    group_.group().cancel();
  } else {
    here->add(*this);
  }
}

void group_wait::end() {
  unlink();
  group_.joined_ = true;
  group_.rethrow_failure();
}

void group_wait::cancelled_outside(cancel_node* self) noexcept {
  static_cast<group_wait*>(self)->group_.group().cancel();
}

}  // namespace smartasync::detail
