// SPDX-License-Identifier: MIT
#include "task_tree.hpp"

#include <unordered_map>
#include <utility>

#include "smartasync/detail/promise.hpp"
#include "smartasync/detail/scope.hpp"

namespace smartasync::detail {
namespace {

/// Keeps the loops from their steps for as long as it is looked at their tasks.
class look {
 public:
  explicit look(event_loop* only) {
    const watch_clock::time_point until = watch_clock::now() + std::chrono::milliseconds(100);
    std::vector<std::pair<event_loop*, std::shared_ptr<live_loop>>> loops;
    {
      live_tasks& all = live_tasks::all();
      const std::lock_guard lock(all.mutex);
      for (const auto& each : all.loops) {
        if (only == nullptr || each.first == only) loops.emplace_back(each);
      }
    }
    held_.reserve(loops.size());
    for (auto& [loop, live] : loops) {
      const bool looked_at = live->begin_look(until);
      if (looked_at) held_.push_back(live);
      shown.push_back({loop, live->now(), looked_at});
    }
  }
  ~look() {
    for (const auto& each : held_) each->end_look();
  }
  look(const look&) = delete;
  look& operator=(const look&) = delete;

  [[nodiscard]] bool may_look_at(const event_loop* loop) const noexcept {
    for (const shown_loop& each : shown) {
      if (each.loop == loop) return each.looked_at;
    }
    return false;
  }

  std::vector<shown_loop> shown;

 private:
  std::vector<std::shared_ptr<live_loop>> held_;
};

/// Follows a chain from its innermost coroutine to its root. Its loop is kept from its steps.
void follow(shown_task& task, const live_tasks& all) {
  const promise_base* promise = task.wait.promise;
  while (promise != nullptr) {
    const promise_base::waiter_of_task by = promise->awaited_by();
    if (by.told != nullptr) task.started_as = by.told->name;
    if (!by.coroutine) break;
    const void* const frame = by.coroutine.address();
    task.frames.push_back({all.name_of(frame), code_of(frame)});
    promise = by.promise;
  }
}

/// Finds out which task waits for which: by the scopes that they run in. Not beyond one without a
/// loop, that of a thread which may leave before what it waits for has ended.
void find_parents(std::vector<shown_task>& tasks, const look& looked) {
  std::unordered_map<const scope*, std::size_t> groups;
  std::unordered_map<const scope*, std::size_t> chains;
  for (std::size_t i = 0; i != tasks.size(); ++i) {
    const live_wait& wait = tasks[i].wait;
    if (wait.details.group != nullptr) groups.emplace(wait.details.group, i);
    if (wait.chain != nullptr) chains.emplace(wait.chain, i);
  }
  for (std::size_t i = 0; i != tasks.size(); ++i) {
    const live_wait& wait = tasks[i].wait;
    if (!looked.may_look_at(wait.loop)) continue;
    for (const scope* s = wait.chain; s != nullptr && s->home() != nullptr; s = s->parent()) {
      auto found = groups.find(s);
      if (found == groups.end() && s != wait.chain) {
        found = chains.find(s);
        if (found == chains.end()) continue;
      }
      if (found == groups.end() || found->second == i) continue;
      tasks[i].parent = found->second;
      break;
    }
  }
}

}  // namespace

task_tree look_at_tasks(event_loop* only) {
  look looked(only);
  task_tree made;
  {
    live_tasks& all = live_tasks::all();
    const std::lock_guard lock(all.mutex);
    made.tasks.reserve(all.waits.size());
    for (const auto& [item, wait] : all.waits) {
      if (only != nullptr && wait.loop != only) continue;
      shown_task& task = made.tasks.emplace_back();
      task.wait = wait;
      task.frames.push_back({all.name_of(wait.frame), wait.code});
      if (looked.may_look_at(wait.loop)) follow(task, all);
      if (wait.kind == wait_kind::start) task.started_as = wait.details.name;
    }
  }
  find_parents(made.tasks, looked);
  made.loops = std::move(looked.shown);
  return made;
}

}  // namespace smartasync::detail
