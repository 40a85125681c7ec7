// SPDX-License-Identifier: MIT
#pragma once

namespace smartasync::detail {

struct signal_slot;

/// Whoever is told of signals, from within the signal handler.
struct signal_target {
  using function = void(signal_target& self, int signal) noexcept;

  signal_target(function* f, bool only_first) noexcept : on_signal(f), once(only_first) {}
  signal_target(const signal_target&) = delete;
  signal_target& operator=(const signal_target&) = delete;

  function* on_signal;  ///< Lock-free atomics and system calls only; it leaves errno as it was.
  bool once;  ///< After the first signal, all that it was told of have their default effect.
};

}  // namespace smartasync::detail
