// SPDX-License-Identifier: MIT
#include "live_tasks.hpp"

namespace smartasync::detail {

void live_loop::begin_run() noexcept {
  const thread_label here = this_thread_label();
  const std::lock_guard lock(mutex_);
  ++runs_;
  now_.runs = true;
  now_.thread = here;
}

void live_loop::end_run() noexcept {
  const std::lock_guard lock(mutex_);
  now_.runs = --runs_ != 0;
}

void live_loop::begin_step(const void* frame, const void* code, const char* name) noexcept {
  std::unique_lock lock(mutex_);
  // Within a step of the loop's own, the look would wait for this thread.
  if (steps_ == 0) changed_.wait(lock, [this] { return looks_ == 0; });
  ++steps_;
  now_.in_step = true;
  now_.step_began = watch_clock::now();
  now_.frame = frame;
  now_.code = code;
  now_.name = name;
  now_.entered = nullptr;
}

live_loop::activity live_loop::end_step() noexcept {
  const std::lock_guard lock(mutex_);
  const activity was = now_;
  now_.in_step = --steps_ != 0;
  if (steps_ == 0 && looks_ != 0) changed_.notify_all();
  return was;
}

void live_loop::enter(const char* function) noexcept {
  const std::lock_guard lock(mutex_);
  now_.entered = function;
}

void live_loop::start(const void* frame, const void* code, const char* name) noexcept {
  const std::lock_guard lock(mutex_);
  if (now_.frame != nullptr) return;
  now_.frame = frame;
  now_.code = code;
  now_.name = name;
}

bool live_loop::begin_look(watch_clock::time_point until) noexcept {
  const int here = this_thread_id();
  std::unique_lock lock(mutex_);
  ++looks_;
  const auto may_look = [&] { return steps_ == 0 || now_.thread.id == here; };
  if (changed_.wait_until(lock, until, may_look)) return true;
  if (--looks_ == 0) changed_.notify_all();
  return false;
}

void live_loop::end_look() noexcept {
  const std::lock_guard lock(mutex_);
  if (--looks_ == 0) changed_.notify_all();
}

live_loop::activity live_loop::now() noexcept {
  const std::lock_guard lock(mutex_);
  return now_;
}

}  // namespace smartasync::detail
