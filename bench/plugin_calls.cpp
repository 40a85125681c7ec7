// SPDX-License-Identifier: MIT
#include "plugin_calls.hpp"

#include "calls.smart.hpp"
#include "smartasync/run.hpp"

namespace {

[[gnu::noinline]] int check(int a) { return a + (smartasync::in_async_context() ? 0 : 1); }
[[gnu::noinline]] int stub_of_plain(int a) { return bench::smart::plain(a); }
[[gnu::noinline]] int plain(int a) { return bench::plain(a); }
[[gnu::noinline]] int stub_of_ready(int a) { return bench::smart::ready(a); }

smartasync::task<int> awaits(int batch) {
  int value = 0;
  for (int i = 0; i != batch; ++i) value = co_await bench::ready(value);
  co_return value;
}

/// Each call needs the value of the one before.
template <class Call>
int in_a_row(int batch, Call call) {
  int value = 0;
  for (int i = 0; i != batch; ++i) value = call(value);
  return value;
}

}  // namespace

int plugin_context_check(int batch) { return in_a_row(batch, check); }
int plugin_sync_to_sync(int batch) { return in_a_row(batch, stub_of_plain); }
int plugin_direct_call(int batch) { return in_a_row(batch, plain); }
int plugin_sync_to_async_ready(int batch) { return in_a_row(batch, stub_of_ready); }
int plugin_async_to_async_raw(int batch) { return smartasync::run(awaits(batch)); }
