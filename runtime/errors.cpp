// SPDX-License-Identifier: MIT
#include "smartasync/errors.hpp"

namespace smartasync {

const char* serial_reentry_error::what() const noexcept { return text(); }

const char* executor_full_error::what() const noexcept {
  const char* const with_chain = text();
  return with_chain != nullptr ? with_chain : runtime_error::what();
}

const char* timeout_error::what() const noexcept { return "the deadline passed"; }

const char* cancelled_error::what() const noexcept { return "the operation was cancelled"; }

}  // namespace smartasync
