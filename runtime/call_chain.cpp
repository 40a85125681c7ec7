// SPDX-License-Identifier: MIT
#include "smartasync/detail/call_chain.hpp"

#include <forward_list>
#include <mutex>
#include <utility>

namespace smartasync::detail {

struct call_chain::state {
  std::mutex mutex;
  std::string before;   ///< What the text says up to the calls between.
  std::string between;  ///< "f() -> g() -> "
  std::string last;
  const void* key;
  bool left_last = false;
  bool whole = false;
  // Whoever has asked for the text may keep its address.
  std::forward_list<std::string> texts;

  void write_text() { texts.push_front(before + between + last + "()."); }
};

call_chain::call_chain(std::string text, const char* first, const void* key, const char* last)
    : state_(std::make_shared<state>()) {
  state_->before = std::move(text);
  if (first != nullptr) state_->before.append(first).append("() -> ");
  state_->last = last;
  state_->key = key;
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
  if (!std::exchange(state_->left_last, true) && state_->last == function) return;
  if (lane != nullptr && lane == state_->key) {
    state_->whole = true;
    return;
  }
  try {
    state_->between.insert(0, std::string(function) + "() -> ");
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
