// SPDX-License-Identifier: MIT
#include "live_tasks.hpp"

#include <pthread.h>

#include <exception>
#include <new>
#include <utility>

#include "smartasync/detail/thread_state.hpp"
#include "symbol.hpp"
#include "trace.hpp"

namespace smartasync::detail {
namespace {

live_tasks* all_tasks = nullptr;

struct code_names {
  std::mutex mutex;
  std::unordered_map<const void*, std::string> names;  // Guarded by mutex.
};
code_names* known_names = nullptr;

constinit thread_local const char* call_awaited_here = nullptr;

bool make_all() {
  all_tasks = new live_tasks;
  known_names = new code_names;
  // The child of a fork has none of the other threads: their tasks are the parent's, and a mutex
  // may be held by one of them.
  ::pthread_atfork(nullptr, nullptr, []() noexcept {
    ::new (all_tasks) live_tasks;
    ::new (known_names) code_names;
  });
  return true;
}

void prepare() {
  static const bool made = make_all();
  static_cast<void>(made);
}

}  // namespace

live_tasks& live_tasks::all() {
  prepare();
  return *all_tasks;
}

std::shared_ptr<live_loop> live_tasks::loop(event_loop& which) {
  const std::lock_guard lock(mutex);
  auto& found = loops[&which];
  if (found == nullptr) found = std::make_shared<live_loop>();
  return found;
}

const char* live_tasks::name_of(const void* frame) const noexcept {
  const auto found = frames.find(frame);
  return found != frames.end() ? found->second.name : nullptr;
}

std::shared_ptr<live_loop> live_loop_here() noexcept {
  event_loop* const here = state_here().loop;
  if (here == nullptr) return nullptr;
  live_tasks& all = live_tasks::all();
  const std::lock_guard lock(all.mutex);
  const auto found = all.loops.find(here);
  return found != all.loops.end() ? found->second : nullptr;
}

void set_call_awaited_here(const char* function) noexcept {
  plain_address(call_awaited_here) = function;
}

void name_frame(const void* frame, const char* function, bool wraps) noexcept try {
  live_tasks& all = live_tasks::all();
  const std::lock_guard lock(all.mutex);
  all.frames.insert_or_assign(frame, live_tasks::named_frame{function, wraps});
} catch (const std::exception&) {
  // Without memory it goes without its name.
}

void forget_frame(const void* frame) noexcept {
  live_tasks& all = live_tasks::all();
  const std::lock_guard lock(all.mutex);
  all.frames.erase(frame);
}

const void* code_of(const void* frame) noexcept {
  // The first word of every coroutine's frame, with GCC as with Clang.
  return frame != nullptr ? *static_cast<const void* const*>(frame) : nullptr;
}

std::string code_name(const void* code) {
  if (code == nullptr) return {};
  prepare();
  const std::lock_guard lock(known_names->mutex);
  const auto [found, is_new] = known_names->names.try_emplace(code);
  if (is_new) {
    const symbol its = find_symbol(code);
    if (!its.mangled.empty()) found->second = readable_name(its.mangled);
  }
  return found->second;
}

void note_wait(const void* item, awaiting_coroutine who, const scope* chain, wait_kind kind,
               const wait_details& details) noexcept try {
  const char* const call = std::exchange(plain_address(call_awaited_here), nullptr);
  if (modes() == 0) return;
  live_wait made;
  made.item = item;
  made.frame = who.address();
  made.code = code_of(who.address());
  made.promise = who.promise();
  made.chain = chain;
  made.loop = state_here().loop;
  if (kind == wait_kind::start) {
    made.loop = static_cast<event_loop*>(const_cast<void*>(details.object));
  }
  made.kind = kind;
  made.details = details;
  made.since = watch_clock::now();
  if (kind == wait_kind::offload) {
    made.executor = details.name;
    made.flow = trace_flow_begin();
  }
  live_tasks& all = live_tasks::all();
  const std::lock_guard lock(all.mutex);
  if (kind == wait_kind::offload) {
    made.call = call;
    const auto frame = all.frames.find(made.frame);
    if (call == nullptr && frame != all.frames.end() && frame->second.wraps) {
      made.call = frame->second.name;
    }
  }
  all.waits.insert_or_assign(item, std::move(made));
} catch (const std::exception&) {
  // Without memory the task is not listed.
}

void note_wait_ended(const void* item) noexcept {
  if (modes() == 0) return;
  live_tasks& all = live_tasks::all();
  const std::lock_guard lock(all.mutex);
  all.waits.erase(item);
}

void note_started(const void* frame) noexcept {
  if (modes() == 0) return;
  const std::shared_ptr<live_loop> here = live_loop_here();
  if (here == nullptr) return;
  const char* name = nullptr;
  {
    live_tasks& all = live_tasks::all();
    const std::lock_guard lock(all.mutex);
    name = all.name_of(frame);
  }
  here->start(frame, code_of(frame), name);
}

watched_offload::watched_offload(const void* item) noexcept
    : item_(item), began_(watch_clock::now()) {
  if (modes() == 0) return;
  const thread_label here = this_thread_label();
  std::uint64_t flow = 0;
  {
    live_tasks& all = live_tasks::all();
    const std::lock_guard lock(all.mutex);
    const auto found = all.waits.find(item_);
    if (found == all.waits.end()) return;
    found->second.runs_on = here;
    found->second.runs_since = began_;
    flow = found->second.flow;
  }
  trace_flow_end(flow);
}

watched_offload::~watched_offload() {
  if (modes() == 0) return;
  const std::uint64_t flow = trace_flow_begin();
  const char* call = nullptr;
  {
    live_tasks& all = live_tasks::all();
    const std::lock_guard lock(all.mutex);
    const auto found = all.waits.find(item_);
    if (found == all.waits.end()) return;
    found->second.has_run = true;
    found->second.flow = flow;
    call = found->second.call;
  }
  trace_slice(call != nullptr ? call : "to_thread", "offload", began_, watch_clock::now());
}

}  // namespace smartasync::detail
