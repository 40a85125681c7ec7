// SPDX-License-Identifier: MIT
#include "smartasync/detail/run_root.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync {
namespace {

constinit thread_local bool own_loop_ended = false;

struct own_loop {
  own_loop() noexcept { detail::this_thread.own_loop = &loop; }
  ~own_loop() {
    loop.close();
    detail::this_thread.own_loop = nullptr;
    own_loop_ended = true;
  }
  event_loop loop;
};

}  // namespace

event_loop* detail::make_own_loop() {
  if (own_loop_ended) {
    throw loop_closed_error("smartasync: this thread is ending, its event loop is closed");
  }
  static thread_local own_loop own;
  return &own.loop;
}

event_loop& this_thread_loop() {
  event_loop* const made = detail::this_thread.own_loop;
  return made != nullptr ? *made : *detail::make_own_loop();
}

}  // namespace smartasync
