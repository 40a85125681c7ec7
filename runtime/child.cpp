// SPDX-License-Identifier: MIT
#include "smartasync/detail/child.hpp"

#include <utility>

#include "smartasync/detail/wait_note.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync::detail {

void child_base::start() noexcept {
  if (has_stack_room()) [[likely]] {
    start_here();
  } else {
    scope_.home()->post_here(*this);
  }
}

void child_base::start_queued(work_item* self) noexcept {
  static_cast<child_base*>(self)->start_here();
}

void child_base::start_here() noexcept {
  thread_state& t = state_here();
  scope* const outer = std::exchange(t.current, &scope_);
  // What the child leaves to `next` belongs into the child's scope: resume it before that ends.
  if (watching()) [[unlikely]]
    note_started(handle_.address());
  void* const outer_next = std::exchange(t.next, nullptr);
  const bool finished = promise_.start(handle_);
  if (t.next != nullptr) drain_next();
  t.next = outer_next;
  t.current = outer;
  if (finished || !promise_.notify(*this)) finish();
}

void child_base::completed(completion* self) noexcept { static_cast<child_base*>(self)->finish(); }

void child_base::finish() noexcept {
  scope* const outer = std::exchange(state_here().current, nullptr);
  scope* const mine = &scope_;
  ended_(*this);
  if (outer != mine) state_here().current = outer;
}

}  // namespace smartasync::detail
