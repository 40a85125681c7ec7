// SPDX-License-Identifier: MIT
#include "smartasync/detail/scope.hpp"

#include <utility>

#include "smartasync/context_var.hpp"
#include "smartasync/stop_token.hpp"

namespace smartasync {
namespace detail {

scope::scope(scope& parent) noexcept
    : cancel_node(&scope::cancel_member),
      home_(parent.home_),
      parent_(&parent),
      values_(&own_values_),
      own_values_(retain_context(parent.values())) {
  attach(parent);
}

scope::scope(detached_t, event_loop* home, context_node* values, scope* parent) noexcept
    : cancel_node(&scope::cancel_member),
      home_(home),
      parent_(parent),
      values_(&own_values_),
      own_values_(retain_context(values)) {}

void scope::release() noexcept {
  unlink();
  release_context(own_values_);
  delete source_.load(std::memory_order_acquire);
}

void scope::renew() noexcept {
  delete source_.exchange(nullptr, std::memory_order_relaxed);
  marks_.store(0, std::memory_order_relaxed);
}

bool scope::encloses(const scope* other) const noexcept {
  while (other != nullptr && other != this) other = other->parent_;
  return other != nullptr;
}

void scope::attach(scope& to) noexcept {
  if (to.cancelled()) cancel();
  put_first(to.first_, *this);
}

void scope::cancel() noexcept {
  // Sequentially consistent, as the two in token(): of a cancel and a first token() on two threads
  // one sees the other.
  if ((marks_.fetch_or(cancelled_mark, std::memory_order_seq_cst) & cancelled_mark) != 0) return;
  if (std::stop_source* source = source_.load(std::memory_order_seq_cst)) source->request_stop();
  // Child scopes stay members until they are gone: who ends the loop waits for them.
  cancel_node* scopes = nullptr;
  while (first_ != nullptr) {
    cancel_node& node = *first_;
    node.unlink();
    if (node.on_cancel == &scope::cancel_member) put_first(scopes, node);
    node.on_cancel(&node);
  }
  first_ = scopes;
  if (first_ != nullptr) first_->link = &first_;
}

void scope::cancel_member(cancel_node* node) noexcept { static_cast<scope*>(node)->cancel(); }

std::stop_token scope::token() {
  std::stop_source* source = source_.load(std::memory_order_acquire);
  if (source == nullptr) {
    auto* made = new std::stop_source;
    if (source_.compare_exchange_strong(source, made, std::memory_order_seq_cst)) {
      source = made;
    } else {
      delete made;
    }
    const unsigned char before = marks_.fetch_or(source_mark, std::memory_order_seq_cst);
    if ((before & cancelled_mark) != 0) source->request_stop();
  }
  return source->get_token();
}

}  // namespace detail

std::stop_token current_stop_token() {
  detail::scope* current = detail::state_here().current;
  return current != nullptr ? current->token() : std::stop_token();
}

}  // namespace smartasync
