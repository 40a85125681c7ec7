// SPDX-License-Identifier: MIT
#pragma once

#include "smartasync/task.hpp"

/// What the benchmarks call through generated stubs: the least that a function can do. Defined in a
/// translation unit of their own, so that no caller sees into them.
namespace bench {

/// Adds one.
[[smartasync]] int plain(int a);
/// Adds one, ready at once.
[[smartasync]] smartasync::task<int> ready(int a);
/// Adds one, once the loop has resumed it.
[[smartasync]] smartasync::task<int> one_yield(int a);
/// Counts its own levels; each awaits the next through the stub.
[[smartasync]] smartasync::task<int> nested(int depth);
/// The same, each level awaiting the function itself.
smartasync::task<int> nested_raw(int depth);

}  // namespace bench
