// SPDX-License-Identifier: MIT
#include "standstill.hpp"

#include "executors.hpp"
#include "lane_table.hpp"
#include "smartasync/thread_pool.hpp"

namespace smartasync::detail {

// The order of locks: the shards of lanes, each in turn; the list of pools; the pools as the list
// has them. Nowhere else is more than one of them held, but for a pool's under a shard's.
standstill::standstill(const thread_pool* also, bool all) noexcept {
  for (lane_shard& each : all_shards()) each.mutex.lock();
  pool_list& every = every_pool();
  every.mutex.lock();
  for (thread_pool* each = every.first; each != nullptr; each = each->next_pool_) {
    each->mutex_.lock();
    if (all || each == also || each->is_blocked()) {
      *end_ = each;
      end_ = &each->next_still_;
    } else {
      each->mutex_.unlock();
    }
  }
  *end_ = nullptr;
}

standstill::~standstill() {
  for (thread_pool* each = first_; each != nullptr;) {
    thread_pool* const next = each->next_still_;
    each->mutex_.unlock();
    each = next;
  }
  every_pool().mutex.unlock();
  for (lane_shard& each : all_shards()) each.mutex.unlock();
}

thread_pool* standstill::after(const thread_pool& one) noexcept { return one.next_still_; }

}  // namespace smartasync::detail
