// SPDX-License-Identifier: MIT
#include "smartasync/detail/job.hpp"

namespace smartasync::detail {

void run_job(job& j) noexcept {
  event_loop* const home = j.home;
  if (calling_jobs().call(j)) post_home(*home, j, j);
}

}  // namespace smartasync::detail
