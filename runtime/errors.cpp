// SPDX-License-Identifier: MIT
#include "smartasync/errors.hpp"

namespace smartasync {

const char* serial_reentry_error::what() const noexcept { return text(); }

const char* timeout_error::what() const noexcept { return "the deadline passed"; }

const char* cancelled_error::what() const noexcept { return "the operation was cancelled"; }

}  // namespace smartasync
