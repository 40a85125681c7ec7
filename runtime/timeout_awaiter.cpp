// SPDX-License-Identifier: MIT
#include "smartasync/detail/timeout_awaiter.hpp"

#include <exception>

#include "smartasync/context_var.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync::detail {

namespace {

constexpr const char* no_loop = "smartasync::with_timeout() is awaited where no loop runs";

}  // namespace

timed_gathering::timed_gathering(std::chrono::steady_clock::duration limit)
    : gathering(no_loop, 1), limit_(limit) {
  group().ways_to_end = 2;
}

void timed_gathering::set_deadline() noexcept {
  if (limit_ > limit_.zero()) deadline_ = std::chrono::steady_clock::now() + limit_;
}

bool timed_gathering::await_ready() noexcept {
  if (running() == 0) return true;
  if (limit_ <= limit_.zero()) {
    pass_deadline();
    return running() == 0;
  }
  try {
    group().home()->add_timer(timer_, deadline_);
    one_more();
  } catch (...) {
    fail(std::current_exception());
  }
  return false;
}

void timed_gathering::throw_if_late() {
  if (late_) throw timeout_error();
  rethrow_failure();
}

timed_gathering::deadline_timer::deadline_timer(timed_gathering& g) noexcept : owner(g) {
  execute = &deadline_timer::fire;
}

void timed_gathering::deadline_timer::fire(work_item* item) noexcept {
  timed_gathering& g = static_cast<deadline_timer*>(item)->owner;
  if (!g.ended_) g.pass_deadline();
  g.one_ended();
}

void timed_gathering::pass_deadline() noexcept {
  // Cancelled from outside, it is the cancellation that goes through.
  late_ = !group().cancelled();
  group().cancel();
}

void timed_gathering::operand_ended() noexcept {
  ended_ = true;
  if (timer_.slot != timer::idle) {
    group().home()->remove_timer(timer_);
    one_ended();
  }
  one_ended();
}

}  // namespace smartasync::detail
