// SPDX-License-Identifier: MIT
#include "smartasync/detail/job.hpp"

namespace smartasync::detail {

void run_job(job& j) noexcept {
  thread_state& t = state_here();
  scope* const outer_scope = t.current;
  event_loop* const outer_home = t.home;
  t.current = j.chain;
  t.home = j.home;
  j.execute(&j);
  t.current = outer_scope;
  t.home = outer_home;
}

}  // namespace smartasync::detail
