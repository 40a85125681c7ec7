// SPDX-License-Identifier: MIT
// RUN: exits_with 2 %smartasync_gen -o %t.smart.hpp %s -- -std=c++23 -I%include 2>&1 | FileCheck %s
#pragma once
struct machine {
  // CHECK: :[[# @LINE + 1]]:22: error: 'machine::run' has an explicit object parameter [smartasync-explicit-object-parameter]
  [[smartasync]] int run(this const machine& self);
};
