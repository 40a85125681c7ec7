// SPDX-License-Identifier: MIT
// An attribute on what is no function is an error at the attribute, wherever it stands.
// RUN: exits_with 2 %smartasync_gen -o %t.smart.hpp %s 2>&1 | FileCheck %s --implicit-check-not=error:
// RUN: not ls %t.smart.hpp
#pragma once

// CHECK: wrong-targets.hpp:[[# @LINE + 2]]:3: error: the attribute marks a variable [smartasync-attribute-on-non-function]
// CHECK: note: put it before a function or method
[[smartasync]] extern int variable;
// CHECK: :[[# @LINE + 1]]:10: error: the attribute marks a class [smartasync-attribute-on-non-function]
struct [[smartasync]] record {
  // CHECK: :[[# @LINE + 1]]:5: error: the attribute marks a data member
  [[smartasync]] int member;
};
// CHECK: :[[# @LINE + 1]]:14: error: the attribute marks a parameter
int taking([[smartasync(borrow)]] int parameter);
// CHECK: :[[# @LINE + 1]]:8: error: the attribute marks a type
enum [[smartasync]] choice { yes };
// CHECK: :[[# @LINE + 1]]:13: error: the attribute marks a namespace
namespace [[smartasync]] place {}
inline void body() {
  // CHECK: :[[# @LINE + 1]]:5: error: the attribute marks no function that an entry could call
  [[smartasync]] int local = 0;
  static_cast<void>(local);
  struct inner {
    // CHECK: :[[# @LINE + 1]]:7: error: the attribute marks no function that an entry could call
    [[smartasync(serial)]] int method();
  };
}
// CHECK: :[[# @LINE + 2]]:15: error: 'twice' carries the attribute twice [smartasync-attribute-duplicate]
// CHECK: :[[# @LINE + 1]]:3: note: the first one is here
[[smartasync, smartasync]] int twice();
[[smartasync]] int repeated();
// CHECK: :[[# @LINE + 1]]:28: error: 'repeated' is declared before with other arguments of the attribute [smartasync-attribute-on-redeclaration]
[[smartasync(serial)]] int repeated();
struct outside {
  int method();
};
// CHECK: :[[# @LINE + 2]]:36: error: the attribute stands on a definition outside of the class [smartasync-attribute-on-redeclaration]
// CHECK: note: put it on the declaration inside of the class
[[smartasync]] inline int outside::method() { return 1; }
