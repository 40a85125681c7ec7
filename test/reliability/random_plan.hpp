// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <random>
#include <vector>

namespace reliability {

/// What an operation of the random test does. Down to `abandoned` they have no children.
enum class kind {
  yields,
  sleeps,
  fails,
  offloads,
  goes_through_lane,
  blocks_in_lane,
  goes_to_named_loop,
  posts,
  is_abandoned,
  in_a_row,
  all,
  all_of_range,
  any,
  group,
  cancelled_group,
  in_time,
  perhaps_in_time,
  nested_run,
  through_portal,
  through_closing_portal,
  spawned,
};
inline constexpr int leaves = static_cast<int>(kind::in_a_row);
inline constexpr int kinds = static_cast<int>(kind::spawned) + 1;

/// How an operation can end, as bits of a set.
namespace ending {
inline constexpr unsigned value = 1;
inline constexpr unsigned error = 2;
inline constexpr unsigned timeout = 4;
inline constexpr unsigned cancelled = 8;
}  // namespace ending

/// One operation: what it does, what the model says of it, and what was seen of it.
struct plan_node {
  int id = 0;
  kind what = kind::yields;
  unsigned choice = 0;  ///< Which executor, how long, how often.
  std::vector<std::unique_ptr<plan_node>> children;

  bool must_run = false;
  unsigned allowed = 0;

  std::atomic<int> begun{0};
  std::atomic<int> ended{0};
};

/// Makes a tree of operations from a seed, the same for the same seed.
class planner {
 public:
  explicit planner(std::uint64_t seed) : random_(seed) {}

  std::unique_ptr<plan_node> make(int depth, bool bounded_pools = true) {
    auto node = std::make_unique<plan_node>();
    node->id = ++last_id_;
    node->what = static_cast<kind>(below(depth == 0 || below(4) == 0 ? leaves : kinds));
    node->choice = static_cast<unsigned>(below(1000));
    // Its child belongs to no chain that a blocked thread could help: in a pool of few threads
    // these could all be taken by those that wait for it.
    if (node->what == kind::spawned) bounded_pools = false;
    bounded_pools_of(*node, bounded_pools);
    for (int left = children_of(node->what); left != 0; --left) {
      node->children.push_back(make(depth - 1, bounded_pools));
    }
    return node;
  }

  int below(int limit) { return static_cast<int>(random_() % static_cast<std::uint64_t>(limit)); }

 private:
  static void bounded_pools_of(plan_node& node, bool bounded) {
    // An even choice is a bounded pool, see executor_of() in the test.
    if (!bounded) node.choice |= 1;
  }

  int children_of(kind what) {
    if (static_cast<int>(what) < leaves) return 0;
    switch (what) {
      case kind::in_a_row:
      case kind::all:
        return 2;
      case kind::any:
        return 3;
      case kind::all_of_range:
      case kind::group:
        return 1 + below(4);
      default:
        return 1;
    }
  }

  std::mt19937_64 random_;
  int last_id_ = 0;
};

/// The model: how `node` may end. `exposed`: somebody around it may cancel it.
inline unsigned endings_of(const plan_node& node, bool exposed) {
  const unsigned from_outside = exposed ? ending::cancelled : 0;
  const auto any_of_children = [&](bool children_exposed) {
    unsigned found = 0;
    for (const auto& each : node.children) found |= endings_of(*each, children_exposed);
    return found;
  };
  switch (node.what) {
    case kind::fails:
      return ending::error | from_outside;
    case kind::is_abandoned:
      return ending::value | ending::timeout | from_outside;
    case kind::in_a_row:
    case kind::all:
    case kind::all_of_range:
    case kind::group: {
      unsigned found = from_outside;
      bool all_may_succeed = true;
      for (const auto& each : node.children) {
        const unsigned one = endings_of(*each, exposed);
        found |= one & ~ending::value;
        all_may_succeed = all_may_succeed && (one & ending::value) != 0;
      }
      return found | (all_may_succeed ? ending::value : 0);
    }
    case kind::any:
    case kind::in_time:
    case kind::nested_run:
      return any_of_children(exposed) | from_outside;
    case kind::cancelled_group:
      return any_of_children(true);
    case kind::perhaps_in_time:
      return any_of_children(exposed) | ending::timeout | from_outside;
    case kind::through_portal:
      return any_of_children(false) | from_outside;
    case kind::through_closing_portal:
      return any_of_children(true) | ending::value | from_outside;
    default:
      return ending::value | from_outside;
  }
}

/// The model, written into the plan.
inline void foresee(plan_node& node, bool exposed, bool must_run) {
  node.must_run = must_run;
  node.allowed = endings_of(node, exposed);
  bool children_must = must_run && !exposed && node.what != kind::through_closing_portal;
  if (node.what == kind::group) {
    // The first that fails may keep the others from being spawned.
    for (const auto& each : node.children) {
      children_must = children_must && endings_of(*each, exposed) == ending::value;
    }
  }
  for (const auto& each : node.children) {
    bool child_exposed = exposed;
    switch (node.what) {
      case kind::all:
      case kind::all_of_range:
      case kind::group:
        // A sibling that fails cancels it.
        child_exposed =
            exposed || std::any_of(node.children.begin(), node.children.end(), [&](const auto& s) {
              return s != each && endings_of(*s, exposed) != ending::value;
            });
        break;
      case kind::any:
      case kind::cancelled_group:
      case kind::perhaps_in_time:
      case kind::through_closing_portal:
        child_exposed = true;
        break;
      case kind::through_portal:
      case kind::spawned:
        child_exposed = false;
        break;
      default:
        break;
    }
    foresee(*each, child_exposed, children_must);
    if (node.what == kind::in_a_row && endings_of(*each, exposed) != ending::value) {
      children_must = false;
    }
  }
}

}  // namespace reliability
