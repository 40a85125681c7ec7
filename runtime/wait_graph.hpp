// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "lane_table.hpp"
#include "standstill.hpp"

namespace smartasync::detail {

struct blocked_call;
struct job;

using held_lane = std::pair<const void* const, lane_state>;

/// A call that holds a lane, or a thread of an executor. It ends when all ends that it waits for.
struct holder {
  const void* key;                 ///< The lane, or the job that the thread runs.
  const char* function;            ///< The name of the call.
  const scope* chain;              ///< Null for a thread that blocks for a lane.
  std::vector<std::size_t> waits;  ///< What it waits for, in itself and in what it has called.
};

/// A call that waits for a lane, or for a thread of an executor. The wait ends when any of its
/// holders does; with none, it ends by itself, as far as is known here.
struct waiting_call {
  const scope* chain;
  bool can_be_cancelled;
  const held_lane* lane = nullptr;    ///< Or
  const thread_pool* pool = nullptr;  ///< with
  const job* queued = nullptr;        ///< for its queue.
  std::vector<std::size_t> holders = {};
  bool never_ends = true;
};

/// Who waits for whom, as far as the first of them leads. All else stands still.
class wait_graph {
 public:
  /// `who`: the `lane_waiter` or the `job` that is about to wait.
  wait_graph(const standstill& at, const void* who, waiting_call first);

  /// True where the first wait would never end.
  [[nodiscard]] bool is_circle();
  /// After that: the holders on a way from the first wait to one that waits for it.
  [[nodiscard]] std::vector<const holder*> way() const;
  [[nodiscard]] const waiting_call& first() const { return waits_.front(); }
  /// What one on the way waits for, so that the next one holds it.
  [[nodiscard]] const waiting_call& between(const holder& one, const holder& next) const;

 private:
  void follow(std::size_t wait);
  std::size_t add(const void* who, waiting_call made);
  std::size_t hold(const void* who, holder made);
  void find_waits(holder& of);
  [[nodiscard]] std::vector<std::size_t> wait_of_thread(const blocked_call& call);
  using operands = std::map<const scope*, std::set<const scope*>>;
  [[nodiscard]] bool ends(const waiting_call& w) const;
  [[nodiscard]] bool never_ends(const holder& h) const;
  [[nodiscard]] static bool holds_up(const scope* end, const scope* from, operands& stuck);
  bool find_way(std::size_t wait, std::vector<const holder*>& way,
                std::set<std::size_t>& seen) const;

  const standstill& at_;
  std::vector<waiting_call> waits_;
  std::vector<holder> holders_;
  std::unordered_map<const void*, std::size_t> wait_index_;
  std::unordered_map<const void*, std::size_t> holder_index_;
};

}  // namespace smartasync::detail
