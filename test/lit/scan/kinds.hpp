// SPDX-License-Identifier: MIT
// A function is async when its result can be awaited in a task; what awaiting gives is its result.
// RUN: %smartasync_gen -o %t.smart.hpp %s -- -I%include && FileCheck %s < %t.smart.hpp
#pragma once
#include <coroutine>
#include <smartasync/awaitable.hpp>
#include <smartasync/task.hpp>
#include <string>
#include <vector>

namespace kinds {
template <class T>
struct future {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};
template <class T>
struct found_by_argument {};
template <class T>
future<T> operator co_await(found_by_argument<T>);
struct by_member {
  future<std::vector<std::string>> operator co_await() &&;
};
struct half {
  bool await_ready();
  int await_resume();
};
struct adapted {};
template <class T>
using tasks = smartasync::task<std::vector<T>>;
}  // namespace kinds
template <>
struct smartasync::awaitable_traits<kinds::adapted> {
  static kinds::future<long> adapt(kinds::adapted);
};

namespace kinds {
// CHECK-LABEL: struct a_task {
// CHECK: call_kind::async;
// CHECK: using result = std::string;
[[smartasync]] smartasync::task<std::string> a_task();
// CHECK-LABEL: struct a_void_task {
// CHECK: call_kind::async;
// CHECK: using result = void;
[[smartasync]] smartasync::task<void> a_void_task();
// CHECK-LABEL: struct an_alias {
// CHECK: call_kind::async;
// CHECK: using result = std::vector<int>;
// CHECK: static ::kinds::tasks<int> invoke()
[[smartasync]] tasks<int> an_alias();
// CHECK-LABEL: struct an_awaiter {
// CHECK: call_kind::async;
// CHECK: using result = std::string;
[[smartasync]] future<std::string> an_awaiter();
// CHECK-LABEL: struct a_free_operator {
// CHECK: call_kind::async;
// CHECK: using result = int;
[[smartasync]] found_by_argument<int> a_free_operator();
// CHECK-LABEL: struct a_member_operator {
// CHECK: call_kind::async;
// CHECK: using result = std::vector<std::string>;
[[smartasync]] by_member a_member_operator();
// CHECK-LABEL: struct an_adapted_one {
// CHECK: call_kind::async;
// CHECK: using result = long;
[[smartasync]] adapted an_adapted_one();
// CHECK-LABEL: struct not_quite {
// CHECK: call_kind::sync;
// CHECK: using result = ::kinds::half;
[[smartasync]] half not_quite();
// CHECK-LABEL: struct told_otherwise {
// CHECK: call_kind::sync;
// CHECK: using result = smartasync::task<int>;
[[smartasync(kind = sync)]] smartasync::task<int> told_otherwise();
}  // namespace kinds
