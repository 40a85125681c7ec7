// SPDX-License-Identifier: MIT
// What has no entries (yet) is refused by name, at its own place, with a remedy.
// RUN: exits_with 2 %smartasync_gen -o %t.smart.hpp %s -- -I%include 2>&1 | FileCheck %s --implicit-check-not=error:
// RUN: not ls %t.smart.hpp
#pragma once
#include <coroutine>
#include <initializer_list>
#include <memory>
#include <stop_token>

namespace zoo {
struct only_declared;
struct immovable {
  immovable(const immovable&) = delete;
};
template <class T> int generic(T);
// CHECK: :[[# @LINE + 2]]:32: error: 'zoo::generic' is a specialisation of a template [smartasync-function-specialization]
// CHECK: note: annotate the template itself: its entries serve every specialisation
template <> [[smartasync]] int generic<int>(int);
// CHECK: :[[# @LINE + 1]]:20: error: 'zoo::variadic' takes C variadic arguments [smartasync-variadic-function]
[[smartasync]] int variadic(const char*, ...);
// CHECK: :[[# @LINE + 1]]:20: error: 'zoo::operator&' is an operator whose result or meaning the language fixes [smartasync-operator-not-supported]
[[smartasync]] int operator&(only_declared&);
// CHECK: :[[# @LINE + 1]]:20: error: 'zoo::removed' is deleted [smartasync-deleted-function]
[[smartasync]] int removed() = delete;
// CHECK: :[[# @LINE + 1]]:30: error: 'zoo::early' is consteval [smartasync-consteval-function]
[[smartasync]] consteval int early() { return 1; }
// CHECK: :[[# @LINE + 1]]:21: error: the result of 'zoo::deduced' is deduced from a body that is not in this header [smartasync-incomplete-result]
[[smartasync]] auto deduced();
// CHECK: :[[# @LINE + 1]]:30: error: the result of 'zoo::incomplete' is of a type that this header only declares [smartasync-incomplete-result]
[[smartasync]] only_declared incomplete();
// CHECK: :[[# @LINE + 1]]:26: error: the result of 'zoo::stays' cannot be moved, so it could not be handed to who awaits it [smartasync-result-not-movable]
[[smartasync]] immovable stays();
// CHECK: :[[# @LINE + 1]]:51: error: the parameter's type is only declared in this header [smartasync-incomplete-parameter]
[[smartasync]] int takes_incomplete(only_declared value);
// CHECK: :[[# @LINE + 1]]:58: error: a std::initializer_list does not outlive the call [smartasync-initializer-list-parameter]
[[smartasync]] int takes_list(std::initializer_list<int> list);
// CHECK: :[[# @LINE + 1]]:46: error: parameter {{.*}}: its type cannot be moved, so a pending call could not keep it [smartasync-parameter-not-movable]
[[smartasync]] int takes_immovable(immovable value);
// CHECK: :[[# @LINE + 1]]:27: error: 'zoo::internal' is not visible outside of its own source file [smartasync-local-linkage]
[[smartasync]] static int internal();
namespace {
// CHECK: :[[# @LINE + 1]]:20: error: 'zoo::hidden' is not visible outside of its own source file [smartasync-local-linkage]
[[smartasync]] int hidden();
}  // namespace

class cage {
  struct secret {};
  // CHECK: :[[# @LINE + 1]]:22: error: 'zoo::cage::behind_bars' is not public [smartasync-non-public-method]
  [[smartasync]] int behind_bars();

 public:
  // CHECK: :[[# @LINE + 1]]:18: error: 'zoo::cage::cage' is a constructor or destructor [smartasync-constructor-or-destructor]
  [[smartasync]] cage();
  // CHECK: :[[# @LINE + 1]]:18: error: 'zoo::cage::~cage' is a constructor or destructor
  [[smartasync]] ~cage();
  // CHECK: :[[# @LINE + 1]]:18: error: {{.*}} is a conversion function [smartasync-conversion-function]
  [[smartasync]] operator int();
  // CHECK: :[[# @LINE + 1]]:22: error: 'zoo::cage::shaken' is volatile [smartasync-volatile-method]
  [[smartasync]] int shaken() volatile;
  // CHECK: :[[# @LINE + 1]]:25: error: the result: 'secret' is not public: the entries cannot name it [smartasync-non-public-type]
  [[smartasync]] secret leak();
  // CHECK: :[[# @LINE + 1]]:29: error: {{.*}} is declared as a friend [smartasync-friend-not-supported]
  [[smartasync]] friend int befriended() { return 1; }

 private:
  struct nested {
    // CHECK: :[[# @LINE + 1]]:24: error: 'zoo::cage::nested::inside' is in a class that is not public [smartasync-non-public-type]
    [[smartasync]] int inside();
  };
};
template <class T>
struct herd {
  struct animal {
    // CHECK: :[[# @LINE + 1]]:24: error: 'zoo::herd::animal::sound' is in a class inside of a class template [smartasync-class-in-template]
    [[smartasync]] int sound();
  };
};
int swallowed(int);
// CHECK: :[[# @LINE + 1]]:60: error: the result: 'swallowed' in the signature is looked up by its arguments [smartasync-unnameable-type]
template <class T> [[smartasync]] decltype(swallowed(T())) by_arguments(T);
struct {
  // CHECK: :[[# @LINE + 1]]:22: error: 'zoo::(unnamed)::method' is in a class without a name [smartasync-unnamed-class]
  [[smartasync]] int method();
} unnamed;
}  // namespace zoo

namespace asio {
template <class T>
struct awaitable {
  struct promise_type {};
};
}  // namespace asio
template <class T>
struct generator {
  struct promise_type {
    std::suspend_always yield_value(T);
  };
};
// CHECK: :[[# @LINE + 1]]:37: error: 'foreign' returns a coroutine type that a smartasync::task cannot await [smartasync-foreign-coroutine]
[[smartasync]] asio::awaitable<int> foreign();
// CHECK: :[[# @LINE + 1]]:31: error: 'generating' returns a generator [smartasync-generator-not-supported]
[[smartasync]] generator<int> generating();
// CHECK: :[[# @LINE + 1]]:34: error: the result of 'plain' cannot be awaited [smartasync-not-awaitable]
[[smartasync(kind = async)]] int plain();
