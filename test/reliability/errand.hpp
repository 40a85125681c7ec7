// SPDX-License-Identifier: MIT
#pragma once

#include <semaphore>

#include "smartasync/detail/job.hpp"

namespace reliability {

/// A job of an executor that hands a number over in plain memory.
struct errand : smartasync::detail::job {
  errand() noexcept : job(&errand::go) {}

  static void go(smartasync::detail::job* item) noexcept {
    auto* self = static_cast<errand*>(item);
    self->seen = self->written;
    self->done->release();
  }

  int written = 0;
  int seen = 0;
  std::counting_semaphore<>* done = nullptr;
};

}  // namespace reliability
