// SPDX-License-Identifier: MIT
#include "smartasync/detail/job.hpp"

#include <utility>

namespace smartasync::detail {

work_item* call_job(job& j) noexcept {
  thread_state& t = state_here();
  scope* const outer_scope = t.current;
  event_loop* const outer_home = t.home;
  const job* const outer_job = std::exchange(t.job, &j);
  t.current = j.chain;
  t.own_root = nullptr;
  t.home = j.home;
  j.execute(&j);
  t.current = outer_scope;
  t.home = outer_home;
  t.job = outer_job;
  return std::exchange(t.finished, nullptr);
}

void run_job(job& j) noexcept {
  event_loop* const home = j.home;
  if (work_item* const waiter = call_job(j)) post_home(*home, *waiter, *waiter);
}

}  // namespace smartasync::detail
