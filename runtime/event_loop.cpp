// SPDX-License-Identifier: MIT
#include "smartasync/event_loop.hpp"

#include <bit>
#include <stdexcept>
#include <utility>

#include "futex.hpp"
#include "loop_watch.hpp"
#include "smartasync/context_var.hpp"
#include "smartasync/detail/modes.hpp"
#include "smartasync/detail/stack_room.hpp"
#include "smartasync/errors.hpp"

namespace smartasync {
namespace {

// What the inbox holds while the loop sleeps, and once it has ended. Odd, so that no address of an
// item has the same low half, which is all that the futex compares.
void* const futex_mark = reinterpret_cast<void*>(std::uintptr_t{1});
void* const wait_mark = reinterpret_cast<void*>(std::uintptr_t{3});
void* const closed_mark = reinterpret_cast<void*>(std::uintptr_t{5});

bool is_mark(const void* word) noexcept { return word == futex_mark || word == wait_mark; }

/// The half of the inbox that the kernel looks at.
const void* futex_word(const void* inbox) noexcept {
  constexpr std::size_t low = std::endian::native == std::endian::little ? 0 : sizeof(void*) - 4;
  return static_cast<const char*>(inbox) + low;
}

void report_discarded(const char* text) noexcept {
  try {
    throw loop_closed_error(text);
  } catch (...) {
    detail::report_unhandled(std::current_exception());
  }
}

/// Hands the ownership of a posted item to the loop.
template <class Item>
void post_owned(event_loop& loop, std::unique_ptr<Item> item) {
  if (!loop.post(*item)) throw loop_closed_error("event_loop::post(): the loop has ended");
  static_cast<void>(item.release());
}

struct posted_function : detail::work_item {
  posted_function(std::function<void()> f, const bool& discard)
      : work_item(&posted_function::run), f_(std::move(f)), discard_(discard) {}

  static void run(work_item* item) noexcept {
    const std::unique_ptr<posted_function> self(static_cast<posted_function*>(item));
    if (self->discard_) return report_discarded("event_loop: a function was posted while it ended");
    try {
      self->f_();
    } catch (...) {
      detail::report_unhandled(std::current_exception());
    }
  }

 private:
  std::function<void()> f_;
  const bool& discard_;
};

struct posted_handle : detail::work_item {
  posted_handle(std::coroutine_handle<> h, const bool& discard) noexcept
      : work_item(&posted_handle::run), handle_(h), discard_(discard) {}

  static void run(work_item* item) noexcept {
    const std::unique_ptr<posted_handle> self(static_cast<posted_handle*>(item));
    if (self->discard_) {
      return report_discarded("event_loop: a coroutine was posted while it ended");
    }
    detail::resume_reporting(self->handle_);
  }

 private:
  std::coroutine_handle<> handle_;
  const bool& discard_;
};

/// Marks the loop as the one that runs on this thread, and puts back what was there.
class running {
 public:
  explicit running(event_loop& loop) noexcept {
    detail::thread_state& t = detail::state_here();
    loop_ = std::exchange(t.loop, &loop);
    current_ = t.current;
    next_ = std::exchange(t.next, nullptr);
    depth_ = std::exchange(t.depth, 1);
    if (t.stack_limit == 0) detail::find_stack_limit(t);
    stack_floor_ = std::exchange(t.stack_floor, detail::stack_floor_here(t));
  }
  ~running() {
    detail::thread_state& t = detail::state_here();
    t.loop = loop_;
    t.current = current_;
    t.next = next_;
    t.depth = depth_;
    t.stack_floor = stack_floor_;
  }
  running(const running&) = delete;
  running& operator=(const running&) = delete;

 private:
  event_loop* loop_;
  detail::scope* current_;
  void* next_;
  unsigned depth_;
  std::uintptr_t stack_floor_;
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
  if (detail::watching()) [[unlikely]]
    detail::note_loop_ended(*this);
  detail::release_context(values_);
}

void event_loop::run() {
  if (detail::state_here().loop != nullptr) {
    throw blocking_call_error("event_loop::run(): a loop already runs on this thread");
  }
  if (inbox_.load(std::memory_order_relaxed) == closed_mark) {
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

void event_loop::post(std::function<void()> f) {
  post_owned(*this, std::make_unique<posted_function>(std::move(f), discarding_));
}

void event_loop::post(std::coroutine_handle<> h) {
  post_owned(*this, std::make_unique<posted_handle>(h, discarding_));
}

bool event_loop::post_remote(detail::work_item& newest, detail::work_item& oldest) noexcept {
  void* seen = inbox_.load(std::memory_order_relaxed);
  do {
    if (seen == closed_mark) [[unlikely]]
      return false;
    oldest.next = is_mark(seen) ? nullptr : static_cast<detail::work_item*>(seen);
    // Release: the loop's exchange acquires the item. Acquire: after the mark, wait_ is read.
  } while (!inbox_.compare_exchange_weak(seen, &newest, std::memory_order_acq_rel,
                                         std::memory_order_relaxed));
  if (seen == futex_mark) {
    // The loop may be gone by now: only its address is used.
    detail::futex_wake_one(futex_word(&inbox_));
  } else if (seen == wait_mark) {
    // The loop collects this wake before it ends, see wakes_owed_.
    wait_->wake();
  }
  return true;
}

bool event_loop::watch(descriptor_watch& w) {
  if (wait_ == nullptr) wait_ = make_epoll_wait();
  w.found = false;
  if (!wait_->watch(w)) return false;
  ++watched_;
  return true;
}

void event_loop::unwatch(descriptor_watch& w) noexcept {
  wait_->unwatch(w);
  --watched_;
}

template <bool Watched>
[[gnu::always_inline]] inline void event_loop::step(detail::work_item& item) noexcept {
  if constexpr (Watched) {
    const detail::watched_step timed(*this, item);
    return step<false>(item);
  }
  detail::thread_state& t = detail::state_here();
  if (detail::suspended::is(item)) [[likely]] {
    // Most items are coroutines: spares them one of two indirect calls.
    auto& waiting = static_cast<detail::suspended&>(item);
    t.current = waiting.chain;
    try {
      waiting.handle.resume();
    } catch (...) {
      detail::report_unhandled(std::current_exception());
    }
  } else {
    t.current = nullptr;
    item.execute(&item);
  }
  while (t.next != nullptr) [[unlikely]] {
    detail::resume_reporting(std::coroutine_handle<>::from_address(std::exchange(t.next, nullptr)));
  }
}

template <bool Watched>
[[gnu::always_inline]] inline void event_loop::turn(const bool& done) noexcept {
  if (!ready_.empty()) {
    // As the queue stands: what a step queues comes in the next turn.
    const detail::work_item* const last = ready_.back();
    const detail::work_item* item = nullptr;
    do {
      detail::work_item& taken = ready_.pop();
      item = &taken;
      step<Watched>(taken);
    } while (item != last && !done);
    if (done) return;
  }
  if (!timers_.empty()) fire_timers();
  if (inbox_.load(std::memory_order_relaxed) != nullptr) drain_inbox();
  constexpr unsigned turns_between_polls = 32;
  if (watched_ != 0 && ++turns_ % turns_between_polls == 0) {
    wakes_owed_ -= wait_for_descriptors(detail::deadline::min());
  }
}

template <bool Watched>
[[gnu::always_inline]] inline void event_loop::run_turns(const bool& done) noexcept {
  while (!done) {
    turn<Watched>(done);
    if (!done && ready_.empty()) sleep();
  }
}

void event_loop::run_until(const bool& done) noexcept {
  const running mark(*this);
  if (detail::watching() && detail::modes() != 0) [[unlikely]] {
    const detail::watched_run here(*this);
    run_turns<true>(done);
  } else {
    run_turns<false>(done);
  }
}

void event_loop::drain_inbox() noexcept {
  // Acquire: pairs with the release in post_remote.
  take_inbox(inbox_.exchange(nullptr, std::memory_order_acquire));
}

void event_loop::take_inbox(void* word) noexcept {
  // The stack has the newest on top: turn it around.
  detail::work_item* oldest = nullptr;
  for (auto* item = static_cast<detail::work_item*>(word); item != nullptr;) {
    detail::work_item* const older = item->next;
    item->next = oldest;
    oldest = item;
    item = older;
  }
  while (oldest != nullptr) {
    detail::work_item& item = *oldest;
    oldest = item.next;
    ready_.push(item);
  }
}

void event_loop::fire_timers() noexcept {
  const auto now = std::chrono::steady_clock::now();
  while (!timers_.empty() && timers_.earliest() <= now) ready_.push(timers_.pop());
}

std::size_t event_loop::wait_for_descriptors(detail::deadline until) noexcept {
  detail::work_queue found;
  std::size_t wakes = 0;
  try {
    wakes = wait_->wait(until, found);
  } catch (...) {
    // A reactor of others may call their code in there.
    detail::report_unhandled(std::current_exception());
  }
  while (!found.empty()) {
    auto& watch = static_cast<descriptor_watch&>(found.pop());
    watch.found = true;
    --watched_;
    ready_.push(watch);
  }
  return wakes;
}

void event_loop::sleep() noexcept {
  if (spin_.wait([this] { return inbox_.load(std::memory_order_relaxed) != nullptr; })) {
    return drain_inbox();
  }
  const detail::deadline until = timers_.empty() ? detail::deadline::max() : timers_.earliest();
  void* const mark = wait_ == nullptr ? futex_mark : wait_mark;
  void* seen = nullptr;
  // No wake is lost, because all is one word, and each change of it one atomic step. Where a post
  // comes before this one, the inbox is not empty and the loop does not sleep. Where it comes
  // after, the poster finds the mark; the one that takes it away, and no other, wakes the loop.
  // Between the mark and the sleep the kernel compares the word again; the descriptor of a
  // loop_wait remembers. Each of these steps is taken out in turn by test/reliability/mutants.
  // Release: who finds the mark reads wait_.
  if (!inbox_.compare_exchange_strong(seen, mark, std::memory_order_release,
                                      std::memory_order_relaxed)) {
    return;
  }
  std::size_t wakes = 0;
  spin_.begin_sleep();
  if (wait_ == nullptr) {
    detail::futex_wait(futex_word(&inbox_),
                       static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(mark)), until);
  } else {
    wakes = wait_for_descriptors(until);
  }
  void* const found = inbox_.exchange(nullptr, std::memory_order_acquire);
  if (found != mark) {
    spin_.end_sleep();
    take_inbox(found);
    // Whoever replaced the mark calls wake(), or has called it; a late futex wake harms nobody.
    if (wait_ != nullptr) ++wakes_owed_;
  }
  wakes_owed_ -= wakes;
}

template <bool Watched>
void event_loop::end_work() noexcept {
  const bool never = false;
  spawned_.cancel();
  void* empty = nullptr;
  do {
    // Work that another thread spawned may still be on its way through the inbox.
    do {
      drain_inbox();
      turn<Watched>(never);
      if (ready_.empty() && has_work()) sleep();
    } while (has_work());
    discarding_ = true;
    drain_inbox();
    while (!ready_.empty()) step<Watched>(ready_.pop());
    empty = nullptr;
    // Who comes after this step is refused. Acquire: pairs with the release in post_remote.
  } while (has_work() ||
           !inbox_.compare_exchange_strong(empty, closed_mark, std::memory_order_acquire));
  while (wakes_owed_ != 0) wakes_owed_ -= wait_for_descriptors(detail::deadline::max());
}

void event_loop::close() noexcept {
  if (inbox_.load(std::memory_order_relaxed) == closed_mark) return;
  const running mark(*this);
  if (detail::watching() && detail::modes() != 0) [[unlikely]] {
    const detail::watched_run here(*this);
    if (spawned_.has_members() || inbox_.load(std::memory_order_relaxed) != nullptr ||
        !ready_.empty()) {
      detail::report_pending(*this);
    }
    end_work<true>();
  } else {
    end_work<false>();
  }
}

}  // namespace smartasync
