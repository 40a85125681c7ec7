// SPDX-License-Identifier: MIT
#pragma once

/// What bench/plugin_bench.cpp measures in a module that holds the runtime and is opened with
/// dlopen(). Each function does so many operations, and gives their number. Every operation is a
/// function of its own, which has to find the thread's state anew.
extern "C" {
/// Asks whether a loop runs.
[[gnu::visibility("default")]] int plugin_context_check(int batch);
/// Calls a sync function through its stub.
[[gnu::visibility("default")]] int plugin_sync_to_sync(int batch);
/// The same without a stub.
[[gnu::visibility("default")]] int plugin_direct_call(int batch);
/// Calls a coroutine that finishes at once through its stub.
[[gnu::visibility("default")]] int plugin_sync_to_async_ready(int batch);
/// Awaits such a coroutine in another.
[[gnu::visibility("default")]] int plugin_async_to_async_raw(int batch);
}
