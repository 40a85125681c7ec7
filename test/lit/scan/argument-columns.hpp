// SPDX-License-Identifier: MIT
// An error in the arguments stands at its own column, in the source as it is written.
// RUN: exits_with 2 %smartasync_gen -o %t.smart.hpp %s 2>&1 | FileCheck %s --implicit-check-not=error:
#pragma once

// CHECK: :[[# @LINE + 4]]:14: error: the attribute has no key 'exectuor' [smartasync-annotation-unknown-key]
// CHECK-NEXT: {{^ *[0-9]+ \|}} {{\[\[}}smartasync(exectuor = "db")]] int unknown_key();
// CHECK-NEXT: {{^ *\|              \^}}
// CHECK-NEXT: note: did you mean 'executor'?
[[smartasync(exectuor = "db")]] int unknown_key();
// CHECK: :[[# @LINE + 1]]:{{[0-9]+}}: error: 'executor' takes a string, not '3' [smartasync-annotation-wrong-type]
[[smartasync(serial, executor = 3)]] int wrong_type();
// CHECK: :[[# @LINE + 2]]:10: error: 'serial' is given twice [smartasync-annotation-duplicate-key]
[[smartasync(serial, /* white   space counts */
         serial)]] int duplicate();
// CHECK: :[[# @LINE + 1]]:20: error: the attribute has no key 'nothing'
[[smartasync::dual(nothing)]] int scoped();
#define SERVED_BY(...) [[smartasync(__VA_ARGS__)]]
#define SERVED_BY_MISTAKE [[smartasync(nothing)]]
#define SCOPED [[smartasync::dual(serial)]]
// CHECK: :[[# @LINE + 1]]:11: error: the attribute has no key 'nothing'
SERVED_BY(nothing) int by_macro();
// CHECK: :[[# @LINE + 1]]:1: error: the attribute has no key 'nothing'
SERVED_BY_MISTAKE int by_macro_of_arguments();
// CHECK: :[[# @LINE + 2]]:1: error: the arguments of {{\[\[}}smartasync::dual]] cannot be read in a macro [smartasync-annotation-in-macro]
// CHECK: note: write {{\[\[}}smartasync(...)]] in the macro
SCOPED int scoped_by_macro();
// CHECK: :[[# @LINE + 3]]:23: error: there is no parameter 'gone' [smartasync-annotation-unknown-parameter]
// CHECK: note: its parameters are target
// CHECK: :[[# @LINE + 1]]:37: error: parameter 'target': {{.*}} [smartasync-annotation-cannot-own]
[[smartasync(borrow = "gone", own = "target")]] int choices(int& target);
// CHECK: :[[# @LINE + 1]]:21: error: a comma was expected here, not 'debug' [smartasync-annotation-syntax]
[[smartasync(serial debug)]] int syntax();
// CHECK: :[[# @LINE + 1]]:21: error: 'operator' is a keyword [smartasync-annotation-name-not-identifier]
[[smartasync(name = "operator")]] int keyword();
// CHECK: :[[# @LINE + 1]]:38: error: 'executor' and 'loop' exclude each other: a function runs on one of them [smartasync-annotation-conflict]
[[smartasync(executor = "db", loop = "net")]] int on_both();
