// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string>

namespace smartasync::detail {

/// A thread as reports name it: the number that the system's tools show, and its name.
struct thread_label {
  int id = 0;
  std::array<char, 16> name{};

  [[nodiscard]] bool known() const noexcept { return id != 0; }
  /// `thread 4711 (sa:pool)`
  [[nodiscard]] std::string text() const;
};

[[nodiscard]] thread_label this_thread_label() noexcept;

/// The number of this thread. Follows a fork.
[[nodiscard]] int this_thread_id() noexcept;

}  // namespace smartasync::detail
