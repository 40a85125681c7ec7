// SPDX-License-Identifier: MIT
#include "loop_watch.hpp"

#include <charconv>
#include <exception>
#include <string>
#include <string_view>

#include "environment.hpp"
#include "live_tasks.hpp"
#include "report.hpp"
#include "smartasync/detail/work_item.hpp"
#include "trace.hpp"

namespace smartasync::detail {
namespace {

std::chrono::milliseconds slow_step() noexcept {
  static const std::chrono::milliseconds limit = [] {
    const std::string_view text = environment("SMARTASYNC_SLOW_STEP_MS");
    long long milliseconds = 100;
    std::from_chars(text.data(), text.data() + text.size(), milliseconds);
    return std::chrono::milliseconds(milliseconds);
  }();
  return limit;
}

std::string step_name(const live_loop::activity& step) {
  if (step.name != nullptr) return step.name;
  return code_name(step.code);
}

void report_slow(const live_loop::activity& step, watch_clock::duration d) {
  std::string line =
      "smartasync: slow step: " + duration_text(d) + " on the loop of " + step.thread.text();
  const std::string name = step_name(step);
  if (!name.empty()) line += ", in " + name;
  if (step.entered != nullptr && step.entered != name) {
    line += name.empty() ? ", in " : ", last called ";
    line += step.entered;
  }
  report(line + "\n");
}

}  // namespace

watched_run::watched_run(event_loop& loop) noexcept : loop_(loop) {
  live_tasks::all().loop(loop)->begin_run();
}

watched_run::~watched_run() { live_tasks::all().loop(loop_)->end_run(); }

watched_step::watched_step(event_loop& loop, const work_item& item) noexcept : loop_(loop) {
  live_tasks& all = live_tasks::all();
  const std::shared_ptr<live_loop> here = all.loop(loop);
  const void* frame = nullptr;
  const void* code = item.handle != nullptr ? code_of(item.handle.address())
                                            : reinterpret_cast<const void*>(item.execute);
  const char* name = nullptr;
  std::uint64_t flow = 0;
  // A look may be on: what waits must not change before it has ended.
  here->begin_step(nullptr, code, nullptr);
  {
    const std::lock_guard lock(all.mutex);
    const auto found = all.waits.find(&item);
    if (found != all.waits.end()) {
      frame = found->second.frame;
      code = found->second.code;
      flow = found->second.has_run ? found->second.flow : 0;
      name = all.name_of(frame);
      all.waits.erase(found);
    }
  }
  if (frame != nullptr) here->start(frame, code, name);
  trace_flow_end(flow);
}

watched_step::~watched_step() {
  const live_loop::activity step = live_tasks::all().loop(loop_)->end_step();
  const watch_clock::time_point end = watch_clock::now();
  try {
    if ((modes() & mode_debug) != 0 && end - step.step_began >= slow_step()) {
      report_slow(step, end - step.step_began);
    }
    if ((modes() & mode_trace) != 0) {
      const std::string name = step_name(step);
      trace_slice(!name.empty()             ? name
                  : step.entered != nullptr ? step.entered
                                            : "step",
                  "step", step.step_began, end);
    }
  } catch (const std::exception&) {
    // Without memory there is no report.
  }
}

void note_loop_ended(event_loop& loop) noexcept {
  std::shared_ptr<live_loop> gone;
  live_tasks& all = live_tasks::all();
  {
    const std::lock_guard lock(all.mutex);
    const auto found = all.loops.find(&loop);
    if (found == all.loops.end()) return;
    gone = std::move(found->second);
    all.loops.erase(found);
  }
  // Waits for who looks at its tasks.
  gone->begin_step(nullptr, nullptr, nullptr);
  static_cast<void>(gone->end_step());
}

}  // namespace smartasync::detail
