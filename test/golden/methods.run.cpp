// SPDX-License-Identifier: MIT
#include "golden/methods.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

using golden::smart::Stack;

static_assert(noexcept(std::declval<const Stack&>().text(smartasync::sync)));
static_assert(!noexcept(std::declval<const Stack&>().text()));
static_assert(!noexcept(std::declval<const Stack&>().text(smartasync::async)));

template <class S>
concept takes = requires(S stack) { std::forward<S>(stack).take(); };
static_assert(takes<Stack&&> && !takes<Stack&>);

template <class S>
concept pushes = requires(S stack) { std::forward<S>(stack).push('x'); };
static_assert(pushes<Stack&> && !pushes<const Stack&>);
static_assert(!pushes<smartasync::ref<const golden::Stack>>);

smartasync::task<void> inside() {
  Stack stack("ab");
  co_await stack.push('c');
  CHECK(co_await stack.text() == "abc");
  CHECK(co_await stack.size() == 3);
  std::string& edited = co_await stack.edit();
  edited += 'd';
  CHECK(stack.text(smartasync::sync) == "abcd");
  CHECK(co_await std::move(stack).take() == "abcd");
  golden::Stack made = co_await Stack::of("xyz");
  CHECK(co_await smartasync::ref(made).size() == 3);
  CHECK(co_await Stack::limit() == 42);
  CHECK(co_await smartasync::ref(made).drain() == "xyz");
  CHECK(co_await smartasync::ref(std::as_const(made)).text() == "");
}

}  // namespace

int main() {
  Stack stack("ab");
  stack.push('c');
  CHECK(stack.text() == "abc");
  CHECK(stack.size() == 3u);
  stack.edit(smartasync::sync) += 'd';
  const std::string taken = std::move(stack).take();
  CHECK(taken == "abcd");
  golden::Stack made = Stack::of("xyz");
  CHECK(smartasync::ref(made).size(smartasync::sync) == 3);
  CHECK(Stack::limit() == 42);
  smartasync::run(inside());
  return golden::ended_after(13);
}
