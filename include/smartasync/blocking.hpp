// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "smartasync/detail/offload.hpp"
#include "smartasync/executor.hpp"

namespace smartasync {

/// blocking is the base of a plug-in whose calls block, for an interface whose methods are async:
/// `class disk : public smartasync::blocking<shop::Store>`. smartasync-gen specialises it: for each
/// annotated virtual method that returns a task there is a pure one that takes `sync` first and
/// returns the plain value, and the interface's own is overridden to offload that to the executor
/// "pool". Whoever calls through the interface need not know which sort of plug-in it is.
template <class Interface>
class blocking;

namespace detail {

/// Awaited, makes a call that blocks. `call` must live until then; a generated override is a
/// coroutine that has it in its frame, together with the arguments.
template <class Call>
auto offload_blocking(Call& call) {
  return offload<std::reference_wrapper<Call>>(default_executor(), std::ref(call),
                                               "smartasync::blocking");
}

}  // namespace detail
}  // namespace smartasync
