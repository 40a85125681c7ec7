// SPDX-License-Identifier: MIT
#include "smartasync/detail/call_chain.hpp"

#include <cstddef>
#include <forward_list>
#include <mutex>
#include <utility>

namespace smartasync::detail {

struct call_chain::state {
  std::mutex mutex;
  std::string before;       ///< What the text says up to the chain.
  std::string calls;        ///< All but the last: "f() -> g() -> "
  std::size_t between = 0;  ///< Where in them those between the two ends begin.
  std::string last;
  const void* key;
  bool last_waits_inside;
  bool left_last = false;
  bool whole = false;
  // Whoever has asked for the text may keep its address.
  std::forward_list<std::string> texts;

  void write_text() { texts.push_front(before + calls + last + "()."); }
};

call_chain::call_chain(std::string text, const char* first, const void* key, const char* last,
                       bool waits_inside)
    : state_(std::make_shared<state>()) {
  state_->before = std::move(text);
  if (first != nullptr) state_->calls.append(first).append("() -> ");
  state_->between = state_->calls.size();
  state_->last = last;
  state_->key = key;
  state_->last_waits_inside = waits_inside;
  state_->write_text();
}

void call_chain::pass_on(const char* function, const void* lane) {
  passed(function, lane);
  throw;
}

void call_chain::passed(const char* function, const void* lane) noexcept {
  if (state_ == nullptr) return;
  const std::lock_guard lock(state_->mutex);
  if (state_->whole) return;
  // What threw has a name of its own, or is what the innermost annotated function called.
  const bool is_last = !std::exchange(state_->left_last, true) && state_->last == function;
  if (is_last && !state_->last_waits_inside) return;
  const bool is_first = lane != nullptr && lane == state_->key;
  if (is_first) state_->whole = true;
  if (is_first != is_last) return;
  try {
    if (is_first) {
      state_->calls.clear();  // The chain has one call.
    } else {
      state_->calls.insert(state_->between, std::string(function) + "() -> ");
    }
    state_->write_text();
  } catch (...) {
    // Out of memory: the text stays shorter.
  }
}

void call_chain::left(const void* key) noexcept {
  if (state_ == nullptr) return;
  const std::lock_guard lock(state_->mutex);
  if (key == state_->key) state_->whole = true;
}

const char* call_chain::text() const noexcept {
  if (state_ == nullptr) return nullptr;
  const std::lock_guard lock(state_->mutex);
  return state_->texts.front().c_str();
}

}  // namespace smartasync::detail
