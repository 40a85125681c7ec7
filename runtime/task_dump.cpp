// SPDX-License-Identifier: MIT
#include <algorithm>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "loop_watch.hpp"
#include "report.hpp"
#include "smartasync/debug.hpp"
#include "task_tree.hpp"

namespace smartasync {
namespace detail {
namespace {

std::string name_of(const shown_frame& frame) {
  return frame.name != nullptr ? frame.name : code_name(frame.code);
}

/// The coroutines of a chain, from its root; without those that are only our own plumbing.
std::string chain_text(const shown_task& task) {
  std::string text;
  for (auto frame = task.frames.rbegin(); frame != task.frames.rend(); ++frame) {
    std::string name = name_of(*frame);
    if (name.empty()) name = "?";
    if (name.starts_with("smartasync::detail::")) continue;
    if (!text.empty()) text += " > ";
    text += name;
  }
  return text;
}

std::string left_text(watch_clock::time_point until, watch_clock::time_point now) {
  if (until - now > std::chrono::hours(24 * 365)) return "without an end";
  if (until <= now) return "due";
  return duration_text(until - now) + " left";
}

std::string offload_text(const live_wait& wait, watch_clock::time_point now) {
  std::string text = wait.call != nullptr ? std::string(wait.call) + "()" : "a call";
  text += " on executor \"" + wait.executor + "\"";
  if (wait.has_run) return text + ", which has ended";
  if (!wait.runs_on.known()) return text + ", queued for " + duration_text(now - wait.since);
  return text + ", running on " + wait.runs_on.text() + " for " +
         duration_text(now - wait.runs_since);
}

std::string loop_name(const task_tree& tree, const void* loop) {
  for (const shown_loop& each : tree.loops) {
    if (each.loop == loop && each.activity.thread.known()) return each.activity.thread.text();
  }
  return "another thread";
}

std::string wait_text(const task_tree& tree, const live_wait& wait, watch_clock::time_point now) {
  const wait_details& details = wait.details;
  const std::string since = " for " + duration_text(now - wait.since);
  switch (wait.kind) {
    case wait_kind::start:
      return "has not started" + since;
    case wait_kind::turn:
      return "waits for its turn";
    case wait_kind::timer:
      return "waits for a timer, " + left_text(details.until, now);
    case wait_kind::readable:
      return "waits for descriptor " + std::to_string(details.descriptor) + " to be readable" +
             since;
    case wait_kind::writable:
      return "waits for descriptor " + std::to_string(details.descriptor) + " to be writable" +
             since;
    case wait_kind::offload:
      return "waits for " + offload_text(wait, now);
    case wait_kind::hop:
      return "waits for the loop of " + loop_name(tree, details.object) + since;
    case wait_kind::lane:
      return "waits for the serial lane of " + std::string(details.name) + "()" + since;
    case wait_kind::when_all:
      return "waits for when_all" + since;
    case wait_kind::when_any:
      return "waits for when_any" + since;
    case wait_kind::with_timeout:
      return "waits for with_timeout, " + left_text(details.until, now);
    case wait_kind::task_group:
      return "waits for its task_group" + since;
    case wait_kind::signal:
      return "waits for a signal" + since;
    case wait_kind::stop_request:
      return "waits for a stop request that is on its way";
    case wait_kind::foreign:
      return "waits for an awaitable of another library" + since;
  }
  return "waits";
}

/// The tasks by who waits for them, the oldest first.
class tree_writer {
 public:
  explicit tree_writer(const task_tree& tree) : tree_(tree) {
    order_.resize(tree.tasks.size());
    for (std::size_t i = 0; i != order_.size(); ++i) order_[i] = i;
    std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      return tree.tasks[a].wait.since < tree.tasks[b].wait.since;
    });
    children_.resize(tree.tasks.size());
    for (const std::size_t i : order_) {
      if (tree.tasks[i].parent != shown_task::no_parent)
        children_[tree.tasks[i].parent].push_back(i);
    }
  }

  std::string write(const event_loop* loop) {
    for (const std::size_t i : order_) {
      const shown_task& task = tree_.tasks[i];
      if (task.wait.loop == loop && task.parent == shown_task::no_parent) add(i, 1);
    }
    return std::move(text_);
  }

 private:
  void add(std::size_t index, std::size_t depth) {
    const shown_task& task = tree_.tasks[index];
    text_.append(2 * depth, ' ');
    if (task.started_as != nullptr) text_.append(task.started_as).append(": ");
    const std::string chain = chain_text(task);
    if (!chain.empty()) text_.append(chain).append(": ");
    text_ += wait_text(tree_, task.wait, now_) + "\n";
    for (const std::size_t child : children_[index]) add(child, depth + 1);
  }

  const task_tree& tree_;
  watch_clock::time_point now_ = watch_clock::now();
  std::vector<std::size_t> order_;
  std::vector<std::vector<std::size_t>> children_;
  std::string text_;
};

std::string loop_text(const shown_loop& loop) {
  const live_loop::activity& now = loop.activity;
  std::string text = "loop of " + now.thread.text() + ": ";
  if (!now.runs) return text + "does not run\n";
  if (!now.in_step) return text + "waits\n";
  std::string name = now.name != nullptr ? now.name : code_name(now.code);
  if (now.entered != nullptr && now.entered != name) {
    name = name.empty() ? now.entered : name + ", last called " + now.entered;
  }
  text += loop.looked_at ? "in a step" : "busy";
  if (!name.empty()) text += " in " + name;
  text += " for " + duration_text(watch_clock::now() - now.step_began) + "\n";
  return text;
}

}  // namespace

std::string tasks_text(const task_tree& tree, const event_loop* loop) {
  return tree_writer(tree).write(loop);
}

void report_pending(event_loop& loop) noexcept {
  if ((modes() & mode_debug) == 0) return;
  try {
    const std::string pending = tasks_text(look_at_tasks(&loop), &loop);
    if (pending.empty()) return;
    report("smartasync: a loop of " + this_thread_label().text() +
           " ends with work pending, which is cancelled and waited for:\n" + pending);
  } catch (const std::exception&) {
    // Without memory there is no report.
  }
}

}  // namespace detail

std::string describe_tasks() {
  if (detail::modes() == 0) {
    return "smartasync: live tasks are known in debug mode alone: set SMARTASYNC_DEBUG=1\n";
  }
  const detail::task_tree tree = detail::look_at_tasks();
  std::string text = "smartasync: live tasks: " + std::to_string(tree.tasks.size()) +
                     ", loops: " + std::to_string(tree.loops.size()) + "\n";
  for (const detail::shown_loop& loop : tree.loops) {
    text += detail::loop_text(loop) + detail::tasks_text(tree, loop.loop);
  }
  const std::string elsewhere = detail::tasks_text(tree, nullptr);
  if (!elsewhere.empty()) text += "on no loop:\n" + elsewhere;
  return text;
}

void dump_tasks() noexcept {
  try {
    detail::report(describe_tasks());
  } catch (const std::exception&) {
    // Without memory there is no report.
  }
}

}  // namespace smartasync
