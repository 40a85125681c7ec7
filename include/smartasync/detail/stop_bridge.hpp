// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <coroutine>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "smartasync/detail/awaiting_coroutine.hpp"
#include "smartasync/detail/scope.hpp"
#include "smartasync/detail/signal_target.hpp"
#include "smartasync/detail/suspended.hpp"
#include "smartasync/detail/work_item.hpp"

namespace smartasync::detail {

/// Cancels a scope when a stop is asked for outside of its loop: by a token of another thread, or
/// by a signal. The request is posted, so that the scope is touched on its home loop alone.
///
/// Life: made in a coroutine on the loop, for the scope that is current there; `co_await close()`
/// before it is destroyed: a request may still be on its way through the loop's queue.
class stop_bridge : work_item, signal_target {
 public:
  /// Throws `std::system_error` for a signal that cannot be caught, `std::length_error` when more
  /// than 64 runs wait for signals.
  stop_bridge(const std::vector<int>& signals, std::stop_token token);
  ~stop_bridge();
  stop_bridge(const stop_bridge&) = delete;
  stop_bridge& operator=(const stop_bridge&) = delete;

  class [[nodiscard]] closing {
   public:
    using smartasync_native = void;
    explicit closing(stop_bridge& bridge) noexcept : bridge_(bridge) {}
    bool await_ready() const noexcept { return bridge_.settled(); }
    void await_suspend(awaiting_coroutine h) const noexcept { bridge_.wait(h); }
    static void await_resume() noexcept {}

   private:
    stop_bridge& bridge_;
  };

  /// Takes no further request and waits for the one that may be on its way. Not cancellable.
  [[nodiscard]] closing close() noexcept;

  /// Posts the request, once. From any thread and from a signal handler.
  void request() noexcept;
  /// Requests it, or cancels at once where the loop runs. From any thread, in no signal handler.
  void stop() noexcept;

 private:
  struct requester {
    stop_bridge* bridge;
    void operator()() const noexcept { bridge->stop(); }
  };

  static void execute(work_item* item) noexcept;
  static void signalled(signal_target& self, int signal) noexcept;
  [[nodiscard]] bool settled() const noexcept;
  void wait(awaiting_coroutine h) noexcept;

  scope* target_;
  std::atomic<bool> requested_{false};
  bool executed_ = false;
  suspended closer_;
  signal_slot* signals_ = nullptr;
  std::optional<std::stop_callback<requester>> callback_;
};

}  // namespace smartasync::detail
