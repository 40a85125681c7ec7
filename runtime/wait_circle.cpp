// SPDX-License-Identifier: MIT
#include "wait_circle.hpp"

#include <string>
#include <vector>

#include "lane_table.hpp"
#include "smartasync/detail/blocked_waiter.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/thread_pool.hpp"
#include "wait_graph.hpp"

namespace smartasync::detail {
namespace {

std::string quoted(const thread_pool& pool) { return "the executor \"" + pool.name() + "\""; }

/// What a call waits for, and who holds that.
std::string wanted(const waiting_call& wait, const holder& next, bool is_last) {
  const std::string name = std::string(next.function) + "()";
  if (wait.lane != nullptr) {
    return is_last ? "the serial lane that the chain of calls is inside"
                   : "the serial lane of " + name;
  }
  return quoted(*wait.pool) + ", " +
         (wait.holders.size() == 1 ? "whose thread " : "one of whose threads ") +
         (is_last ? "the chain of calls holds" : "is held by " + name);
}

/// From the first holder on the way to the last, who waits for the first wait.
std::string circle_text(const wait_graph& graph, const std::vector<const holder*>& way) {
  std::string text;
  for (std::size_t i = 0; i + 1 < way.size(); ++i) {
    text += ", which waits for " +
            wanted(graph.between(*way[i], *way[i + 1]), *way[i + 1], i + 2 == way.size());
  }
  return text + ", and each would wait for the other: ";
}

}  // namespace

bool may_close_circle(const scope* chain) noexcept {
  for (; chain != nullptr; chain = chain->parent()) {
    if (chain->lanes.load(std::memory_order_relaxed) != 0) return true;
    const blocked_waiter* const waiter = chain->waiter();
    if (waiter != nullptr && waiter->where != nullptr) return true;
  }
  return false;
}

void refuse_circle(const standstill& at, const lane_waiter& waiter) {
  const auto held = shard_of(waiter.lane).held.find(waiter.lane);
  wait_graph graph(at, &waiter, {waiter.chain, waiter.can_be_cancelled, &*held});
  if (!graph.is_circle()) return;
  const std::vector<const holder*> way = graph.way();
  if (way.empty()) return;
  const holder& own = *way.back();
  throw serial_reentry_error("Cannot call " + std::string(waiter.where->function) +
                                 "(): its serial lane is held by " + way.front()->function + "()" +
                                 circle_text(graph, way),
                             own.function, own.key, waiter.where->function);
}

void refuse_circle(const standstill& at, const thread_pool& pool, const job& j) {
  wait_graph graph(at, &j, {j.chain, true, nullptr, &pool, &j});
  if (!graph.is_circle()) return;
  const std::vector<const holder*> way = graph.way();
  if (way.empty()) return;
  const holder& own = *way.back();
  std::string text = "Cannot call " + std::string(j.called) + "(): ";
  if (way.size() == 1) {
    text += quoted(pool) + " would wait for itself: ";
  } else {
    const bool has_one = graph.first().holders.size() == 1;
    text += (has_one ? "the thread of " : "each thread of ") + quoted(pool) +
            (has_one ? " is held by " : " is held, one by ") + way.front()->function + "()" +
            circle_text(graph, way);
  }
  throw executor_full_error(text, own.function, own.key, j.called);
}

}  // namespace smartasync::detail
