// SPDX-License-Identifier: MIT
#include "smartasync/context_var.hpp"

#include <new>
#include <utility>

#include "smartasync/detail/scope.hpp"

namespace smartasync::detail {
namespace {

/// Gives up the thread's own set when the thread ends.
struct values_end {
  ~values_end() {
    release_context(state_here().values);
    state_here().values = nullptr;
  }
};

context_node*& current_values() noexcept {
  thread_state& t = state_here();
  return t.current != nullptr ? t.current->values() : t.values;
}

/// Takes over the share of `rest`, and gives it up when there is no memory.
context_node* make_node(std::uint64_t key, std::shared_ptr<const void> value, context_node* rest) {
  auto* node = new (std::nothrow) context_node;
  if (node == nullptr) {
    release_context(rest);
    throw std::bad_alloc();
  }
  node->key = key;
  node->value = std::move(value);
  node->rest = rest;
  return node;
}

/// `set` without `key`. Shares the part behind it, copies the part in front.
context_node* without(context_node* set, std::uint64_t key) {
  if (set == nullptr) return nullptr;
  if (set->key == key) return retain_context(set->rest);
  context_node* rest = without(set->rest, key);
  if (rest == set->rest) {
    release_context(rest);
    return retain_context(set);
  }
  return make_node(set->key, set->value, rest);
}

}  // namespace

std::uint64_t next_context_key() noexcept {
  static constinit std::atomic<std::uint64_t> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

context_node* retain_context(context_node* set) noexcept {
  if (set != nullptr) set->owners.fetch_add(1, std::memory_order_relaxed);
  return set;
}

void release_context(context_node* set) noexcept {
  // Acquire and release: whoever frees a node does it after every other owner's last look.
  while (set != nullptr && set->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    context_node* rest = set->rest;
    delete set;
    set = rest;
  }
}

const std::shared_ptr<const void>* find_context_value(std::uint64_t key) noexcept {
  for (context_node* node = current_values(); node != nullptr; node = node->rest) {
    if (node->key == key) return &node->value;
  }
  return nullptr;
}

void set_context_value(std::uint64_t key, std::shared_ptr<const void> value) {
  static thread_local values_end end;
  context_node*& values = current_values();
  context_node* old = values;
  values = make_node(key, std::move(value), without(old, key));
  release_context(old);
}

}  // namespace smartasync::detail
