// SPDX-License-Identifier: MIT
// After the parameter list the attribute would belong to the type, which Clang does not take.
// RUN: exits_with 2 %smartasync_gen -o %t.smart.hpp %s 2>&1 | FileCheck %s --implicit-check-not=error:
#pragma once

// CHECK: :[[# @LINE + 2]]:14: error: the attribute stands where it belongs to the type [smartasync-attribute-misplaced]
// CHECK: note: move it before the return type
int bare() [[smartasync]];
// CHECK: :[[# @LINE + 1]]:24: error: the attribute stands where it belongs to the type
int with_arguments() [[smartasync(executor = "db")]];
// CHECK: :[[# @LINE + 1]]:16: error: the attribute stands where it belongs to the type
int scoped() [[smartasync::dual]];
