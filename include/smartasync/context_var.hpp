// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <concepts>
#include <cstdint>
#include <memory>
#include <utility>

#include "smartasync/detail/thread_state.hpp"

namespace smartasync {

namespace detail {

/// One variable of a chain. Nodes are immutable and shared between the sets that were copied from
/// each other; a set is the address of its first node.
struct context_node {
  std::atomic<std::uint32_t> owners{1};
  std::uint64_t key = 0;
  std::shared_ptr<const void> value;
  context_node* rest = nullptr;
};

/// A key that no other variable of this process has or had.
[[nodiscard]] std::uint64_t next_context_key() noexcept;
/// The value under `key` in the set of the current chain, or of the thread outside of any.
[[nodiscard]] const std::shared_ptr<const void>* find_context_value(std::uint64_t key) noexcept;
/// Puts a value into that set.
void set_context_value(std::uint64_t key, std::shared_ptr<const void> value);

/// Shares a set.
context_node* retain_context(context_node* set) noexcept;
/// Gives up a share of a set.
void release_context(context_node* set) noexcept;

}  // namespace detail

/// A variable of the chain of calls, the way a `thread_local` is one of the thread: it follows an
/// await, and an offloaded call into the executor, and what they set is seen by their caller after
/// them. Concurrent children (`spawn`, `when_all`, a group) start with a copy and change their own.
/// Outside of any chain it is the plain thread's own, which `run()` goes on from and writes back
/// to.
///
/// Thread safety: every chain has its own value; any number of threads may use one variable.
template <class T>
class context_var {
 public:
  /// `T()` is what `get()` gives where nothing was set.
  context_var()
    requires std::default_initializable<T>
      : initial_() {}
  /// `initial` is what `get()` gives where nothing was set.
  explicit context_var(T initial) : initial_(std::move(initial)) {}
  context_var(const context_var&) = delete;
  context_var& operator=(const context_var&) = delete;

  /// A copy of the value.
  [[nodiscard]] T get() const {
    const auto* found = detail::find_context_value(key_);
    return found != nullptr ? *static_cast<const T*>(found->get()) : initial_;
  }

  /// Sets it for this chain, and for what the chain starts from now on. Throws `std::bad_alloc`.
  void set(T value) {
    detail::set_context_value(key_, std::make_shared<const T>(std::move(value)));
  }

 private:
  std::uint64_t key_ = detail::next_context_key();
  T initial_;
};

}  // namespace smartasync
