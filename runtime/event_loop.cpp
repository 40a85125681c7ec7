// SPDX-License-Identifier: MIT
#include "smartasync/event_loop.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <utility>

#include "loop_watch.hpp"
#include "smartasync/context_var.hpp"
#include "smartasync/detail/stack_room.hpp"
#include "smartasync/errors.hpp"

namespace smartasync {
namespace {

/// What the step has left to be resumed once the stack has unwound.
[[gnu::noinline]] void resume_next_ones() noexcept {
  detail::thread_state& t = detail::state_here();
  while (t.next != nullptr) {
    detail::resume_reporting(std::coroutine_handle<>::from_address(std::exchange(t.next, nullptr)));
  }
}

/// Has an object brought into the processor's cache, and what stands in front of it.
template <class T>
void fetch(const T* object) noexcept {
  constexpr std::ptrdiff_t line = 64;
  const char* const begin = reinterpret_cast<const char*>(object);
  for (std::ptrdiff_t at = -line; at < std::ptrdiff_t{sizeof(T)}; at += line) {
    __builtin_prefetch(begin + at);
  }
}

/// The scope that an item goes on in; null where it is a function.
const detail::scope* chain_of(const detail::work_item& item) noexcept {
  return item.handle != nullptr ? item.chain : nullptr;
}

/// Marks the loop as the one that runs on this thread, and puts back what was there.
class running {
 public:
  explicit running(event_loop& loop) noexcept {
    detail::thread_state& t = detail::state_here();
    detail::find_stack_room(t);
    loop_ = std::exchange(t.loop, &loop);
    current_ = t.current;
    next_ = std::exchange(t.next, nullptr);
  }
  ~running() {
    detail::thread_state& t = detail::state_here();
    t.loop = loop_;
    t.current = current_;
    t.next = next_;
  }
  running(const running&) = delete;
  running& operator=(const running&) = delete;

 private:
  event_loop* loop_;
  detail::scope* current_;
  void* next_;
};

}  // namespace

event_loop::stop_item::stop_item(event_loop& owner) noexcept
    : work_item([](work_item* item) noexcept {
        auto* self = static_cast<stop_item*>(item);
        self->queued.store(false, std::memory_order_relaxed);
        self->loop.stopped_ = true;
      }),
      loop(owner) {}

event_loop::event_loop() = default;

event_loop::event_loop(std::unique_ptr<loop_wait> wait) : wait_(std::move(wait)) {}

event_loop::~event_loop() {
  close();
  if (const auto f = at_end_.load(std::memory_order_relaxed)) f(*this);
  if (is_watched_) [[unlikely]]
    detail::note_loop_ended(*this);
  detail::release_context(values_);
}

void event_loop::run() {
  if (detail::state_here().loop != nullptr) {
    throw blocking_call_error("event_loop::run(): a loop already runs on this thread");
  }
  if (closed()) {
    throw loop_closed_error("event_loop::run(): the loop has ended");
  }
  if (running_.exchange(true, std::memory_order_relaxed)) {
    throw std::logic_error("event_loop::run(): the loop already runs on another thread");
  }
  run_until(stopped_);
  stopped_ = false;
  running_.store(false, std::memory_order_relaxed);
}

void event_loop::stop() noexcept {
  // When the loop has ended there is nothing to stop.
  if (!stop_.queued.exchange(true, std::memory_order_relaxed)) static_cast<void>(post(stop_));
}

bool event_loop::watch(descriptor_watch& w) {
  if (wait_ == nullptr) wait_ = make_epoll_wait();
  w.found = false;
  if (!wait_->watch(w)) return false;
  ++sources_;
  return true;
}

void event_loop::unwatch(descriptor_watch& w) noexcept {
  wait_->unwatch(w);
  --sources_;
}

template <bool Watched>
[[gnu::always_inline]] inline void event_loop::step(detail::work_item& item) noexcept {
  if constexpr (Watched) {
    const detail::watched_step timed(*this, item);
    return step<false>(item);
  }
  if (item.handle != nullptr) [[likely]] {
    detail::thread_local_state.current = item.chain;
    try {
      item.handle.resume();
    } catch (...) {
      detail::report_caught();
    }
  } else {
    detail::thread_local_state.current = nullptr;
    item.execute(&item);
  }
  if (detail::thread_local_state.next != nullptr) [[unlikely]]
    resume_next_ones();
}

/// The next item of the turn; null where there is none.
[[gnu::always_inline]] inline detail::work_item* event_loop::take_of_turn() noexcept {
  detail::work_item* const item = turn_;
  if (item != nullptr) turn_ = item->next;
  return item;
}

/// The first item of the next turn, which is all that are ready. Null when it is done.
template <class Done>
[[gnu::noinline]] detail::work_item* event_loop::begin_turn(Done done) noexcept {
  for (;;) {
    if (needs_poll()) poll();
    // What has come may be the turn already.
    if (turn_ == nullptr) turn_ = ready_.take_all();
    if (detail::work_item* const item = take_of_turn()) return item;
    // The wait of another library may have called code in there.
    if (!done()) sleep();
    if (done()) return nullptr;
  }
}

/// Turns of the ready ones: what a step queues comes in the next turn. Returns when it is done.
template <bool Watched, class Done>
[[gnu::always_inline]] inline void event_loop::run_turns(Done done) noexcept {
  for (;;) {
    // Where a run has returned within a turn, the rest of that comes first.
    detail::work_item* item = take_of_turn();
    if (item == nullptr) {
      // One alone is not linked, and nothing is behind it: no more is written.
      if (ready_.has_one() && !needs_poll()) [[likely]] {
        item = ready_.take_one();
      } else {
        item = begin_turn(done);
        if (item == nullptr) return;
      }
    }
    step<Watched>(*item);
    if (done()) [[unlikely]]
      return;
  }
}

void event_loop::run_until(const bool& done) noexcept {
  const running mark(*this);
  const auto is_done = [&done] { return done; };
  if (!done) {
    if (is_watched_) [[unlikely]] {
      const detail::watched_run here(*this);
      run_turns<true>(is_done);
    } else {
      run_turns<false>(is_done);
    }
  }
  late_.make_if_any();
}

void event_loop::run_turns_until_ended(const std::atomic<void*>& end) noexcept {
  run_turns<false>([&end] {
    return reinterpret_cast<std::uintptr_t>(end.load(std::memory_order_relaxed)) ==
           detail::ended_mark;
  });
  late_.make_if_any();
}

/// Looks for what has become ready outside of the steps.
[[gnu::noinline]] void event_loop::poll() noexcept {
  if (inbox_.load(std::memory_order_relaxed) != nullptr) drain_inbox();
  if (!timers_.empty()) fire_timers();
  constexpr unsigned turns_between_polls = 32;
  if (sources_ != timers_.size() && ++turns_ % turns_between_polls == 0) {
    wakes_owed_ -= wait_for_descriptors(detail::deadline::min());
  }
}

void event_loop::fire_timers() noexcept {
  // So many at a time as stay in the processor's cache until they have run. Where many were set,
  // each has left it, and is fetched with the others, in rounds that need what the one before has
  // fetched: the timers, what they touch first when they go on, what the end of their chain does.
  std::array<detail::timer*, 32> due;
  std::size_t count = 0;
  const auto now = std::chrono::steady_clock::now();
  while (count != due.size() && !timers_.empty() && timers_.earliest() <= now) {
    fetch(due[count++] = &timers_.pop());
  }
  const auto fired = std::span(due).first(count);
  for (detail::timer* const each : fired) {
    each->slot = detail::timer::idle;
    __builtin_prefetch(each->handle.address());
    if (const detail::scope* const chain = chain_of(*each)) fetch(chain);
    ready_.push(*each);
  }
  for (const detail::timer* const each : fired) {
    if (const detail::scope* const chain = chain_of(*each)) chain->fetch_neighbours();
  }
  sources_ -= count;
}

std::size_t event_loop::wait_for_descriptors(detail::deadline until) noexcept {
  detail::work_queue found;
  std::size_t wakes = 0;
  try {
    wakes = wait_->wait(until, found);
  } catch (...) {
    // A reactor of others may call their code in there.
    detail::report_caught();
  }
  for (detail::work_item* item = found.take_all(); item != nullptr;) {
    auto& watch = static_cast<descriptor_watch&>(*std::exchange(item, item->next));
    watch.found = true;
    --sources_;
    ready_.push(watch);
  }
  return wakes;
}

/// One turn, or what is left of one.
template <bool Watched>
void event_loop::run_ready() noexcept {
  if (turn_ == nullptr) turn_ = ready_.take_all();
  while (detail::work_item* const item = take_of_turn()) step<Watched>(*item);
}

template <bool Watched>
void event_loop::end_work() noexcept {
  spawned_.cancel();
  do {
    // Work that another thread spawned may still be on its way through the inbox.
    do {
      drain_inbox();
      run_ready<Watched>();
      poll();
      if (!has_ready() && has_work()) sleep();
    } while (has_work());
    discarding_ = true;
    drain_inbox();
    while (has_ready()) run_ready<Watched>();
    // Who comes after the last step is refused.
  } while (has_work() || !close_inbox());
  while (wakes_owed_ != 0) wakes_owed_ -= wait_for_descriptors(detail::deadline::max());
}

void event_loop::close() noexcept {
  if (closed()) return;
  const running mark(*this);
  if (is_watched_) [[unlikely]] {
    const detail::watched_run here(*this);
    if (spawned_.has_members() || inbox_.load(std::memory_order_relaxed) != nullptr ||
        has_ready()) {
      detail::report_pending(*this);
    }
    end_work<true>();
  } else {
    end_work<false>();
  }
}

}  // namespace smartasync
