// SPDX-License-Identifier: MIT
#include "smartasync/detail/call_watch.hpp"

#include <exception>
#include <new>
#include <string>
#include <utility>

#include "live_tasks.hpp"
#include "report.hpp"
#include "smartasync/context.hpp"
#include "trace.hpp"

namespace smartasync::detail {

/// What is known of a call while it lasts. Written by one thread at a time: the one that makes the
/// call, and between its two visits the one that runs the author's function.
struct live_call {
  live_call(const site& s, call_kind k, bool a) noexcept : called(&s), kind(k), awaits(a) {}

  const site* called;
  call_kind kind;
  bool awaits;
  bool at_home = false;  ///< A thread that works for a loop blocks.
  bool entered = false;
  int exceptions = 0;
  thread_label opened_on;
  thread_label entered_on;
  watch_clock::time_point opened;
  watch_clock::time_point entered_at;
  const void* frame = nullptr;
  std::uint64_t span = 0;
};

namespace {

bool is_offloaded(const live_call& c) noexcept {
  return c.awaits && c.kind == call_kind::sync && c.called->loop == nullptr;
}

std::string path_text(const live_call& c) {
  const site& called = *c.called;
  std::string path;
  if (called.loop != nullptr) {
    path = std::string(c.awaits ? "hop to" : "run on") + " loop \"" + called.loop + "\"";
  } else if (is_offloaded(c)) {
    path = std::string("offload to executor \"") +
           (called.executor != nullptr ? called.executor : "pool") + "\"";
  } else if (c.awaits) {
    path = "awaited";
  } else if (c.kind == call_kind::sync) {
    path = "direct";
  } else {
    path = c.at_home ? "run on home loop" : "run on own loop";
  }
  if (called.serial) path += " through its lane";
  return path;
}

std::string line_of(const live_call& c, watch_clock::time_point end) {
  std::string line = std::string("smartasync: ") + c.called->function + "(): " + path_text(c) +
                     "; " + c.opened_on.text();
  if (c.entered && c.entered_on.id != c.opened_on.id) line += " -> " + c.entered_on.text();
  line += "; " + duration_text(end - c.opened);
  if (is_offloaded(c) && c.entered) {
    line += " (queued " + duration_text(c.entered_at - c.opened) + ")";
  }
  if (!c.entered) {
    line += "; was not made";
  } else if (std::uncaught_exceptions() > c.exceptions) {
    line += "; threw";
  }
  return line + "\n";
}

}  // namespace

void call_watch::open(const site& called, call_kind kind, bool awaits) noexcept {
  call_ = nullptr;
  if (modes() == 0 && !called.debug) return;
  call_ = new (std::nothrow) live_call(called, kind, awaits);
  if (call_ == nullptr) return;
  call_->at_home = state_here().home != nullptr;
  call_->exceptions = std::uncaught_exceptions();
  call_->opened_on = this_thread_label();
  call_->opened = watch_clock::now();
  if (awaits) {
    call_->span = trace_begin(called.function);
    if (is_offloaded(*call_) && !called.serial) set_call_awaited_here(called.function);
  }
}

void call_watch::enter() noexcept {
  if (call_ == nullptr) return;
  call_->entered = true;
  call_->entered_on = this_thread_label();
  call_->entered_at = watch_clock::now();
  if (modes() == 0) return;
  if (const auto here = live_loop_here()) here->enter(call_->called->function);
}

void call_watch::runs_as(const void* frame, bool wraps) noexcept {
  if (call_ == nullptr || modes() == 0) return;
  call_->frame = frame;
  name_frame(frame, call_->called->function, wraps);
}

void call_watch::close() noexcept {
  if (call_ == nullptr) return;
  const live_call& ended = *std::exchange(call_, nullptr);
  const watch_clock::time_point end = watch_clock::now();
  if (ended.frame != nullptr) forget_frame(ended.frame);
  set_call_awaited_here(nullptr);
  if (ended.awaits) {
    trace_end(ended.span, ended.called->function);
  } else {
    trace_slice(ended.called->function, "call", ended.opened, end);
  }
  try {
    if (ended.called->debug || (modes() & mode_debug) != 0) report(line_of(ended, end));
  } catch (const std::exception&) {
    // Without memory there is no report.
  }
  delete &ended;
}

}  // namespace smartasync::detail
