// SPDX-License-Identifier: MIT
#include "smartasync/detail/scope.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync {
namespace {

constinit thread_local bool own_loop_ended = false;

struct own_loop {
  ~own_loop() {
    loop.close();
    detail::state_here().own_root = nullptr;
    own_loop_ended = true;
  }
  event_loop loop;
  detail::scope root{&loop, &detail::state_here().values};
};

}  // namespace

event_loop& this_thread_loop() {
  detail::thread_state& t = detail::state_here();
  if (t.own_root != nullptr) return *t.own_root->home();
  if (own_loop_ended) {
    throw loop_closed_error("smartasync: this thread is ending, its event loop is closed");
  }
  static thread_local own_loop own;
  // An executor's thread takes the long way into a nested run, see plain_run::possible().
  if (t.worker_of == nullptr) t.own_root = &own.root;
  return own.loop;
}

}  // namespace smartasync
