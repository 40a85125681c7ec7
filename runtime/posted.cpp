// SPDX-License-Identifier: MIT
// Functions and bare coroutines in a loop's queue: items that the loop owns.
#include <coroutine>
#include <functional>
#include <memory>
#include <utility>

#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync {
namespace {

void report_discarded(const char* text) noexcept {
  try {
    throw loop_closed_error(text);
  } catch (...) {
    detail::report_caught();
  }
}

/// Hands the ownership of a posted item to the loop.
template <class Item>
void post_owned(event_loop& loop, std::unique_ptr<Item> item) {
  if (!loop.post(*item)) throw loop_closed_error("event_loop::post(): the loop has ended");
  static_cast<void>(item.release());
}

struct posted_function : detail::work_item {
  posted_function(std::function<void()> f, const bool& discard)
      : work_item(&posted_function::run), f_(std::move(f)), discard_(discard) {}

  static void run(work_item* item) noexcept {
    const std::unique_ptr<posted_function> self(static_cast<posted_function*>(item));
    if (self->discard_) return report_discarded("event_loop: a function was posted while it ended");
    try {
      self->f_();
    } catch (...) {
      detail::report_caught();
    }
  }

 private:
  std::function<void()> f_;
  const bool& discard_;
};

struct posted_handle : detail::work_item {
  posted_handle(std::coroutine_handle<> h, const bool& discard) noexcept
      : work_item(&posted_handle::run), handle_(h), discard_(discard) {}

  static void run(work_item* item) noexcept {
    const std::unique_ptr<posted_handle> self(static_cast<posted_handle*>(item));
    if (self->discard_) {
      return report_discarded("event_loop: a coroutine was posted while it ended");
    }
    detail::resume_reporting(self->handle_);
  }

 private:
  std::coroutine_handle<> handle_;
  const bool& discard_;
};

}  // namespace

void event_loop::post(std::function<void()> f) {
  post_owned(*this, std::make_unique<posted_function>(std::move(f), discarding_));
}

void event_loop::post(std::coroutine_handle<> h) {
  post_owned(*this, std::make_unique<posted_handle>(h, discarding_));
}

event_loop::late_call::late_call() noexcept
    : work_item([](work_item* item) noexcept {
        auto* self = static_cast<late_call*>(item);
        self->queued = false;
        self->make_if_any();
      }) {}

void event_loop::late_call::make() noexcept { std::exchange(function, nullptr)(of); }

bool event_loop::call_late(void (*f)(void* of) noexcept, void* of) noexcept {
  if (late_.function != nullptr) return false;
  late_.function = f;
  late_.of = of;
  // It is in the queue still where a run has returned before it came to it.
  if (!std::exchange(late_.queued, true)) post_here(late_);
  return true;
}

}  // namespace smartasync
