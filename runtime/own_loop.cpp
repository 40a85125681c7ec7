// SPDX-License-Identifier: MIT
#include <pthread.h>

#include "smartasync/detail/modes.hpp"
#include "smartasync/detail/scope.hpp"
#include "smartasync/detail/stack_room.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync {
namespace {

constinit thread_local bool own_loop_ended = false;

struct own_loop {
  event_loop loop;
  detail::scope root{&loop, &detail::state_here().values};
};

/// The loop of this thread, once made. A pointer: the child of a fork leaves the parent's where it
/// is, since both would watch the same descriptors, and makes another.
struct own_loop_place {
  ~own_loop_place() {
    // Where the process exits from within the loop, its work cannot be waited for.
    if (detail::state_here().loop != nullptr) return;
    if (made != nullptr) made->loop.close();
    detail::state_here().own_root = nullptr;
    own_loop_ended = true;
    delete made;
  }
  own_loop* made = nullptr;
};
thread_local own_loop_place own_place;

void own_loop_in_child() noexcept {
  detail::thread_state& t = detail::state_here();
  // Within a coroutine the child may only exec or exit: its loop stays the one that is running.
  if (t.loop != nullptr) return;
  detail::plain_address(own_place).made = nullptr;
  t.own_root = nullptr;
}

/// Once in the process.
void prepare_for_fork() {
  [[maybe_unused]] static const int prepared = pthread_atfork(nullptr, nullptr, own_loop_in_child);
}

}  // namespace

bool detail::this_thread_is_ending() noexcept { return own_loop_ended; }

event_loop* detail::existing_thread_loop() noexcept {
  if (own_loop_ended || state_here().worker_of != nullptr) return nullptr;
  own_loop* const made = plain_address(own_place).made;
  return made != nullptr ? &made->loop : nullptr;
}

event_loop& this_thread_loop() {
  detail::thread_state& t = detail::state_here();
  if (t.own_root != nullptr) return *t.own_root->home();
  if (own_loop_ended) {
    throw loop_closed_error("smartasync: this thread is ending, its event loop is closed");
  }
  own_loop_place& here = detail::plain_address(own_place);
  if (here.made == nullptr) {
    prepare_for_fork();
    here.made = new own_loop;
    detail::find_stack_room(t);
  }
  // An executor's thread takes the long way into a nested run, see plain_run::possible(), and so
  // does every thread where steps are watched.
  if (t.worker_of == nullptr && t.current == nullptr && t.depth == 0 && detail::modes() == 0) {
    t.own_root = &here.made->root;
  }
  return here.made->loop;
}

}  // namespace smartasync
