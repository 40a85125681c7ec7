// SPDX-License-Identifier: MIT
// Documentation comments are carried over as they stand; other comments are not.
// RUN: %smartasync_gen -o %t.smart.hpp %s && FileCheck %s < %t.smart.hpp
#pragma once
namespace app {
// CHECK: /// Two lines,
// CHECK-NEXT: /// with {braces} and @marks.
// CHECK-NEXT: inline{{.*}} lines()
/// Two lines,
/// with {braces} and @marks.
[[smartasync(executor = "disk")]] int lines();
// CHECK: /**
// CHECK-NEXT: {{^}} * A block.
// CHECK-NEXT: {{^}} */
// CHECK-NEXT: inline{{.*}} block()
    /**
     * A block.
     */
    [[smartasync]] int block();
// CHECK-NOT: plain comment
// a plain comment
[[smartasync]] int plain();
}  // namespace app
