// SPDX-License-Identifier: MIT
// An exception that goes from one thread to another is counted, with atomic steps, inside of the
// C++ library, which is not built for ThreadSanitizer: it takes the last owner's free for a race
// with what another owner has read.
extern "C" const char* __tsan_default_suppressions() {
  return "race:std::__exception_ptr::exception_ptr::_M_release\n"
         "race:std::runtime_error::~runtime_error\n"
         "race:std::logic_error::~logic_error\n";
}
