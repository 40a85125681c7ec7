// SPDX-License-Identifier: MIT
// Every way to write the attribute is seen, with its arguments.
// RUN: %smartasync_gen -o %t.smart.hpp %s && FileCheck %s < %t.smart.hpp
#pragma once

[[smartasync]] int bare();
[[smartasync()]] int empty();
[[nodiscard, smartasync(executor = "beside")]] int in_a_list();
[[smartasync(executor = "parens")]] int with_arguments();
int after_the_name [[smartasync(executor = "after")]] ();
[[smartasync::dual(executor = "scope")]] int scoped();
[[using smartasync: dual(executor = "using")]] int with_using();
[[smartasync(executor = "lines",  // a comment in between
             serial)]] int over_lines();
#define SERVED [[smartasync]]
#define SERVED_BY(...) [[smartasync(__VA_ARGS__)]]
#define SERVED_BY_DISK [[smartasync(executor = "disk")]]
SERVED int by_macro();
SERVED_BY(executor = "passed", serial) int by_macro_with_arguments();
SERVED_BY_DISK int by_macro_of_arguments();
[[smartasync]] int one(), another();
[[smartasync]] auto trailing() -> int;
[[smartasync]] int declared_twice();
[[smartasync]] int declared_twice();
int declared_twice();
#if 0
[[smartasync]] int left_out(
#endif
#if !__has_cpp_attribute(smartasync)
#error a header can tell that it is being scanned
#endif
namespace smartasync_not {}
constexpr int smartasync_also_not = 1;

// CHECK: {.function = "bare"}
// CHECK: {.function = "empty"}
// CHECK: {.function = "in_a_list", .executor = "beside"}
// CHECK: {.function = "with_arguments", .executor = "parens"}
// CHECK: {.function = "after_the_name", .executor = "after"}
// CHECK: {.function = "scoped", .executor = "scope"}
// CHECK: {.function = "with_using", .executor = "using"}
// CHECK: {.function = "over_lines",
// CHECK-NEXT: .executor = "lines",
// CHECK-NEXT: .serial = true}
// CHECK: {.function = "by_macro"}
// CHECK: {.function = "by_macro_with_arguments",
// CHECK-NEXT: .executor = "passed",
// CHECK-NEXT: .serial = true}
// CHECK: {.function = "by_macro_of_arguments", .executor = "disk"}
// CHECK: {.function = "one"}
// CHECK: {.function = "another"}
// CHECK: {.function = "trailing"}
// CHECK: {.function = "declared_twice"}
// CHECK-NOT: .function =
