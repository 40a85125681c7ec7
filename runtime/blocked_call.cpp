// SPDX-License-Identifier: MIT
#include "smartasync/detail/blocked_call.hpp"

#include "smartasync/executor.hpp"

namespace smartasync::detail {

blocking_here::blocking_here(blocked_call& call) noexcept : call_(call) {
  if (call.where == nullptr) return;
  state_here().blocked = &call;
  call.where->begin_block(call);
}

blocking_here::~blocking_here() {
  if (call_.where == nullptr) return;
  call_.where->end_block(call_);
  state_here().blocked = call_.outer;
}

}  // namespace smartasync::detail
