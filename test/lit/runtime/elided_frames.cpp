// SPDX-License-Identifier: MIT
// The frame of a child that is awaited where it is made is a part of its parent's frame: the
// parent makes none for it, neither from the thread's cache nor from the allocator. A child that is
// not to be inlined, and one that gets a name first, make theirs.
// REQUIRES: elision
// RUN: %clang -std=c++20 -O2 -S -emit-llvm -I%include %s -o %t.ll
// RUN: FileCheck --check-prefix=ELIDED --input-file=%t.ll %s
// RUN: FileCheck --check-prefix=ROW --input-file=%t.ll %s
// RUN: FileCheck --check-prefix=CALLED --input-file=%t.ll %s
// RUN: FileCheck --check-prefix=NAMED --input-file=%t.ll %s
#include "smartasync/task.hpp"

static smartasync::task<int> leaf(int a) { co_return a + 1; }
[[gnu::noinline]] static smartasync::task<int> called(int a) { co_return a + 1; }

// ELIDED-LABEL: define {{.*}}@_Z6parenti.resume(
// ELIDED-NOT: {{this_thread_frames|allocate_new_frame|@_ZL4leafi\(}}
// ELIDED: {{^}$}}
smartasync::task<int> parent(int a) { co_return co_await leaf(a); }

// ROW-LABEL: define {{.*}}@_Z3rowi.resume(
// ROW-NOT: {{this_thread_frames|allocate_new_frame|@_ZL4leafi\(}}
// ROW: {{^}$}}
smartasync::task<int> row(int n) {
  int value = 0;
  for (int i = 0; i != n; ++i) value = co_await leaf(co_await leaf(value));
  co_return value;
}

// CALLED-LABEL: define {{.*}}@_Z16parent_of_calledi.resume(
// CALLED: {{call|invoke}} {{.*}}@_ZL6calledi(
// CALLED: {{^}$}}
smartasync::task<int> parent_of_called(int a) { co_return co_await called(a); }

// NAMED-LABEL: define {{.*}}@_Z15parent_of_namedi.resume(
// NAMED: this_thread_frames
// NAMED: allocate_new_frame
// NAMED: {{^}$}}
smartasync::task<int> parent_of_named(int a) {
  smartasync::task<int> named = leaf(a);
  co_return co_await static_cast<smartasync::task<int>&&>(named);
}
