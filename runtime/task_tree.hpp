// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "live_tasks.hpp"

namespace smartasync::detail {

/// One coroutine of a chain of awaits.
struct shown_frame {
  const char* name = nullptr;  ///< Of the annotated function that it is.
  const void* code = nullptr;
};

/// A chain of awaits that waits for something in the end.
struct shown_task {
  static constexpr std::size_t no_parent = static_cast<std::size_t>(-1);

  live_wait wait;
  std::vector<shown_frame> frames;  ///< The innermost first.
  const char* started_as = nullptr;
  std::size_t parent = no_parent;  ///< The task that waits for this one.
};

/// A loop with what it does.
struct shown_loop {
  event_loop* loop = nullptr;
  live_loop::activity activity;
  bool looked_at = false;  ///< False: it was busy, and so of its tasks the waits alone are known.
};

/// What was alive at one moment.
struct task_tree {
  std::vector<shown_loop> loops;
  std::vector<shown_task> tasks;
};

/// Looks at all loops, or at one. From any thread; waits up to 100 ms for loops that are busy.
[[nodiscard]] task_tree look_at_tasks(event_loop* only = nullptr);

/// The lines for the tasks of a loop (null: of none), as a tree.
[[nodiscard]] std::string tasks_text(const task_tree& tree, const event_loop* loop);

}  // namespace smartasync::detail
