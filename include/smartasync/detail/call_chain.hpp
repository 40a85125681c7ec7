// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

namespace smartasync::detail {

/// The part of an error that names a chain of calls. It is known at its two ends when the error is
/// thrown; the annotated functions between are added as the error leaves them, so that a call that
/// goes well does nothing for it.
///
/// Thread safety: any thread; copies share one chain.
class call_chain {
 public:
  /// In a handler that has caught it: the error leaves a call, which is inside `lane`; null for
  /// none. Throws it again.
  [[noreturn, gnu::cold]] void pass_on(const char* function, const void* lane);
  /// The error leaves what the constructor calls `key`. What is outside of the chain's first call
  /// is not added.
  void left(const void* key) noexcept;

 protected:
  /// Of an error that names no chain.
  call_chain() noexcept = default;
  /// `text` is what comes in front; the chain begins with `first`, the call that is inside the
  /// serial lane `key` or is the executor's job `key`, and ends with `last`, which throws. With no
  /// `first` it begins where somebody catches the error. `waits_inside`: `last` throws when it is
  /// in its lane, which may be `key`, and not before.
  call_chain(std::string text, const char* first, const void* key, const char* last,
             bool waits_inside);
  call_chain(const call_chain&) noexcept = default;
  call_chain& operator=(const call_chain&) noexcept = default;
  ~call_chain() = default;

  /// The whole text as it is now, valid as long as the error; null where there is no chain.
  [[nodiscard]] const char* text() const noexcept;

 private:
  struct state;
  void passed(const char* function, const void* lane) noexcept;
  std::shared_ptr<state> state_;
};

}  // namespace smartasync::detail
