// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace golden {

[[nodiscard, smartasync]] inline int both() { return 1; }
[[deprecated("use both()")]] [[smartasync]] inline int old() { return 2; }
[[smartasync]] __attribute__((noinline)) inline int gnu() { return 3; }
[[gnu::cold]] [[smartasync]] [[nodiscard]] inline int cold() { return 4; }
[[using smartasync: dual(executor = "golden")]] inline int scoped() { return 5; }
[[maybe_unused]] [[smartasync::dual]] inline int dual([[maybe_unused]] int value) { return 6; }

}  // namespace golden
