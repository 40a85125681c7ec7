// SPDX-License-Identifier: MIT
// The express of a thread pool: one thread, the runner, takes all calls while they are short.
//
// No job is lost on its way to the runner:
// - Who pushes while the word of the inbox is `asleep` takes that mark away, and is the only one to
//   call the runner. The mark and the runner's place among the idle ones are set in one critical
//   section, so that the caller, who has seen the mark, finds somebody there.
// - The mark replaces an empty inbox alone, in one step: a push before it keeps the runner awake.
// - The ring, through which one loop pushes without such a step, has a mark of its own, with the
//   same meaning: see job_ring. Who has pushed when the express was over takes the job back, or
//   finds that it was served with the others.
// - Jobs leave inbox and ring under the lock, for the queue or the runner's batch. The runner looks
//   at all of them with the lock held before it falls asleep, since others empty these two as well:
//   `remove()` and the end of the express.
// - The runner is replaced or dismissed under the lock, and who does that sees to what it leaves:
//   jobs, and those who wait for jobs that it has called.
// test/reliability/mutants takes these steps out, with the watcher blind: it would repair within
// half a millisecond whatever is left behind.
#include <algorithm>
#include <exception>
#include <limits>
#include <utility>

#include "executors.hpp"
#include "futex.hpp"
#include "smartasync/thread_pool.hpp"

namespace smartasync {
namespace {

using clock = std::chrono::steady_clock;

/// A call that is over before another thread could have been woken for it.
constexpr clock::duration short_call = std::chrono::microseconds(2);
/// A call that another thread should have been woken for.
constexpr clock::duration long_call = std::chrono::microseconds(20);
/// So many samples in a row must be short.
constexpr unsigned short_calls_needed = 4;
/// So many are posted at the latest, where the loop has a processor of its own.
constexpr std::uint64_t most_finished = 64;
/// The runner times one call in so many.
constexpr std::uint64_t calls_to_a_sample = 64;
/// The runner lets jobs gather before it looks for them, where the loop has a processor of its own:
/// each look takes the inbox away from the loop, which waits for it with its next job, and what
/// comes one by one goes home one by one. The longer, the more came since it rested last; one that
/// comes alone is not there earlier.
constexpr clock::duration gathering_of_a_job = std::chrono::nanoseconds(150);
constexpr clock::duration least_gathering = std::chrono::nanoseconds(300);
constexpr clock::duration most_gathering = std::chrono::nanoseconds(1500);
/// So often in a row the runner may have been woken for one job alone.
constexpr unsigned most_alone = 64;
/// How long the runner may take nothing.
constexpr clock::duration patience = std::chrono::microseconds(200);

/// Calls the jobs of a batch, until there is no more or one was seen to be long: then it is true.
bool call_jobs_of(detail::job_batch& batch) noexcept {
  const detail::calling_jobs here;
  bool was_long = false;
  while (!was_long) {
    const bool is_timed = batch.begun() % calls_to_a_sample == 0;
    const clock::time_point begin = is_timed ? clock::now() : clock::time_point();
    detail::job* const j = batch.begin_next();
    if (j == nullptr) break;
    static_cast<void>(here.call(*j));
    batch.ended();
    was_long = is_timed && clock::now() - begin > long_call;
  }
  return was_long;
}

}  // namespace

/// Looks at the time that a call took: is it time for the express? Not where calls come one at a
/// time: the next one may be there already. Where the queue is empty but others are at work, too,
/// they empty it as it fills, and are woken for each call.
void thread_pool::judge(worker& self, clock::duration taken) noexcept {
  if (runner_ != nullptr) return;
  if (taken > short_call || (queue_.size() < 2 && working() == 1)) {
    short_row_ = 0;
  } else if (++short_row_ == short_calls_needed) {
    short_row_ = 0;
    begin_express(self);
  }
}

void thread_pool::begin_express(worker& self) noexcept {
  const bool is_bounded = options_.max_queue != std::numeric_limits<std::size_t>::max();
  if (closed_ || blocked_ != 0 || is_bounded || options_.max_threads == 1) return;
  // A thread has come back for which a reserve worked: this one or another is about to leave.
  if (working() > options_.max_threads) return;
  // Somebody must be there to watch. Where all threads are at work, the first of them that has
  // ended its call does: one more would be one too many, even if a reserve thread is among the idle
  // ones.
  if (working() < options_.max_threads) {
    if (const called idle = call_idle(); idle.found) {
      idle.wake();
    } else {
      try {
        start_thread();
      } catch (const std::exception&) {
        return;
      }
    }
  }
  runner_ = &self;
  alone_row_ = 0;
  inbox_.open();
  ring_.open();
}

/// Every call gets a thread again, those that wait at once.
void thread_pool::end_express() noexcept {
  if (runner_ == nullptr) return;
  take_batch_back();
  runner_ = nullptr;
  short_row_ = 0;
  ring_.shut();
  ring_.take(queue_);
  inbox_.close(queue_);
  post_finished();
  if (worker* const watcher = std::exchange(watcher_, nullptr)) {
    watcher->state.store(awake, std::memory_order_relaxed);
    detail::futex_wake_one(&watcher->state);
  }
  serve_queue(queue_.size());
}

/// Sleeps while the runner takes jobs. Not in the queue of the idle ones: whoever ends the express
/// wakes it.
void thread_pool::watch_express(worker& self, pool_lock& lock) noexcept {
  watcher_ = &self;
  self.state.store(watching, std::memory_order_relaxed);
  while (watcher_ == &self) {
    const worker* const runner = runner_;
    const std::uint64_t begun = runner->batch.begun();
    const clock::time_point until = clock::now() + patience;
    lock.unlock();
    bool waits = true;
    while (waits && self.state.load(std::memory_order_relaxed) == watching) {
      waits = detail::futex_wait(&self.state, watching, until);
    }
    lock.lock();
    // Held up by a long call, or nothing to do: either way it is over.
    if (watcher_ == &self && runner_ == runner && runner->batch.begun() == begun) {
      watcher_ = nullptr;
      self.state.store(awake, std::memory_order_relaxed);
      end_express();
    }
  }
}

/// What the runner does while it is awake; false when it is to sleep.
bool thread_pool::run_express(worker& self, pool_lock& lock) noexcept {
  if (!claim(self.batch)) return !rest_express(self, lock);
  run_batch(self, lock);
  return true;
}

/// Fills a batch from the queue or the inbox; false where neither has a job.
bool thread_pool::claim(detail::job_batch& batch) noexcept {
  // A call may wait for what follows it: where nobody watches yet, nobody would see that.
  const std::size_t many = detail::several_processors() ? most_finished : batch.capacity;
  const std::size_t most = watcher_ != nullptr ? many : 1;
  if (queue_.empty()) {
    // In turn, so that neither waits for ever.
    is_turn_of_ring_ = !is_turn_of_ring_;
    if (is_turn_of_ring_ && batch.fill(ring_, most)) return true;
    detail::work_item* const newest = inbox_.take();
    if (newest == nullptr) return batch.fill(ring_, most);
    if (batch.fill(*newest, most)) {
      give_ring(batch.home());
      return true;
    }
    queue_.append_stack(*newest);
  }
  // What is in the queue has been given back, or was too much: it may be again.
  batch.fill(queue_, std::min<std::size_t>(most, most_finished));
  return true;
}

/// The first loop that comes has the ring, until it ends: then no push is under way. Requires that
/// it waits for a job.
void thread_pool::give_ring(event_loop* home) noexcept {
  if (ring_.owner() != nullptr || home == nullptr) return;
  ring_.give(*home);
  detail::call_at_end_of(*home, [](event_loop& ended) noexcept {
    detail::pool_list& every = detail::every_pool();
    const std::lock_guard lock(every.mutex);
    for (thread_pool* each = every.first; each != nullptr; each = each->next_pool_) {
      const std::lock_guard each_lock(each->mutex_);
      if (each->ring_.owner() == &ended) each->ring_.give_back();
    }
  });
  ring_.open();
}

/// Calls what the batch has. Who waits for it is posted with others in one step: when there is no
/// more to do, or they are many, or the express ends.
void thread_pool::run_batch(worker& self, pool_lock& lock) noexcept {
  detail::job_batch& batch = self.batch;
  const std::uint64_t begun_before = batch.begun();
  lock.unlock();
  const bool was_long = call_jobs_of(batch);
  lock.lock();
  if (was_long && runner_ == &self) end_express();
  const detail::finished_row row = batch.finish(queue_);
  if (runner_ == &self) {
    keep_finished(batch.home(), row);
    finished_count_ += batch.begun() - begun_before;
    // Where the loop has a processor of its own, it works on them meanwhile.
    const bool are_many = finished_count_ >= most_finished && detail::several_processors();
    if (are_many || watcher_ == nullptr) post_finished();
  } else {
    if (row.oldest != nullptr) detail::post_home(*batch.home(), *row.oldest, *row.newest);
    // It may have put a job there, which a runner that came since need not see before it sleeps.
    end_express();
    serve_queue(1);
  }
}

/// Those who wait are posted with the next ones.
void thread_pool::keep_finished(event_loop* home, const detail::finished_row& row) noexcept {
  if (row.oldest == nullptr) return;
  if (home != finished_home_) post_finished();
  if (finished_.oldest == nullptr) {
    finished_ = row;
  } else {
    std::exchange(finished_.newest, row.newest)->next = row.oldest;
  }
  finished_home_ = home;
}

/// Of the runner's jobs only the one that it calls remains.
void thread_pool::take_batch_back() noexcept {
  keep_finished(runner_->batch.home(), runner_->batch.take_back(queue_));
}

/// The runner has nothing in the queue; true when it is to sleep.
bool thread_pool::rest_express(worker& self, pool_lock& lock) noexcept {
  post_finished();
  const std::uint64_t begun = self.batch.begun();
  const std::uint64_t came = begun - std::exchange(self.rested_at, begun);
  if (detail::several_processors()) {
    const clock::duration gathering =
        std::clamp<clock::duration>(came * gathering_of_a_job, least_gathering, most_gathering);
    lock.unlock();
    detail::adaptive_spin::look_away(gathering);
    self.spin.wait([&] { return !ring_.empty() || !inbox_.empty(); }, clock::time_point::max());
    lock.lock();
  }
  if (!ring_.empty() || !inbox_.empty() || !queue_.empty() || runner_ != &self) return false;
  // On one processor the inbox and its fences cost more than a lock does, where they carry one job.
  alone_row_ = came > 1 || detail::several_processors() ? 0 : alone_row_ + 1;
  if (alone_row_ == most_alone) {
    end_express();
    return false;
  }
  // On one processor nobody works before the loop has given it up, which goes on being interrupted
  // for each job of its turn otherwise.
  const bool may_wait = watcher_ != nullptr && !detail::several_processors();
  if (!ring_.fall_asleep(may_wait)) return false;
  if (inbox_.fall_asleep(may_wait)) return true;
  ring_.open();
  return false;
}

/// Posts those who wait to their home.
void thread_pool::post_finished() noexcept {
  finished_count_ = 0;
  const detail::finished_row row = std::exchange(finished_, {});
  if (row.oldest != nullptr) detail::post_home(*finished_home_, *row.oldest, *row.newest);
}

/// Calls a thread for the jobs in the inbox, whose taker sleeps: any idle one, which is the runner
/// from now on. The express may have another runner by now, who finds that out under the lock.
void thread_pool::call_runner() noexcept {
  called runner;
  {
    const std::lock_guard lock(mutex_);
    // When the express has ended meanwhile, the jobs were served with that.
    if (runner_ == nullptr || runner_->state.load(std::memory_order_relaxed) == awake) return;
    runner_ = idle_.top();
    runner = call_idle();
  }
  detail::expect_answer(detail::several_processors());
  runner.wake();
}

/// The same for a call that comes late: the pool may be gone, and another be where it was, whose
/// runner mostly is awake.
void thread_pool::call_runner_of(void* pool) noexcept {
  detail::pool_list& every = detail::every_pool();
  const std::lock_guard lock(every.mutex);
  for (thread_pool* each = every.first; each != nullptr; each = each->next_pool_) {
    if (each == pool) return each->call_runner();
  }
}

}  // namespace smartasync
