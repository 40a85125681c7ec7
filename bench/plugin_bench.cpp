// SPDX-License-Identifier: MIT
// Calls within a module that is opened with dlopen(), by how it reaches its thread-local variables:
// initial-exec, by calls into the dynamic linker, and by TLS descriptors.
#include <dlfcn.h>

#include "measure.hpp"

namespace {

constexpr int batch = 1000;

using plugin_function = int(int);

plugin_function* find(const char* file, const std::string& function) {
  void* const opened = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  void* const found = opened != nullptr ? dlsym(opened, function.c_str()) : nullptr;
  if (found == nullptr) {
    std::fprintf(stderr, "%s\n", dlerror());
    std::abort();
  }
  return reinterpret_cast<plugin_function*>(found);
}

/// Registers `scenario/system`: a function of bench/plugin_calls.hpp in that file.
void measure(const std::string& scenario, const std::string& system, const char* file,
             const std::string& function) {
  plugin_function* const measured = find(file, function);
  const auto run = [measured](benchmark::State& state) {
    bench::per_operation(state, batch, [&] { bench::expect(measured(batch), batch); });
  };
  benchmark::RegisterBenchmark((scenario + "/" + system).c_str(), run)->UseRealTime();
}

[[maybe_unused]] const bool registered = [] {
  for (const char* const scenario : {"plugin_context_check", "plugin_sync_to_sync",
                                     "plugin_sync_to_async_ready", "plugin_async_to_async_raw"}) {
    measure(scenario, "smartasync", SMARTASYNC_BENCH_INITIAL_EXEC_PLUGIN, scenario);
    measure(scenario, "dynamic", SMARTASYNC_BENCH_DYNAMIC_PLUGIN, scenario);
#ifdef SMARTASYNC_BENCH_DESCRIPTORS_PLUGIN
    measure(scenario, "descriptors", SMARTASYNC_BENCH_DESCRIPTORS_PLUGIN, scenario);
#endif
  }
  measure("plugin_sync_to_sync", "baseline", SMARTASYNC_BENCH_INITIAL_EXEC_PLUGIN,
          "plugin_direct_call");
  return true;
}();

}  // namespace
