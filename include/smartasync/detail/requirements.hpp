// SPDX-License-Identifier: MIT
#pragma once

// What the compiler must offer; said here once, before it stumbles over what it does not know.

#if !defined(__cpp_impl_coroutine)
#error "SmartAsync needs the coroutines of C++20: compile with -std=c++20 or later."
#endif

#if !defined(__cpp_exceptions)
#error \
    "SmartAsync needs exceptions, and this compiler run has them switched off. Without them a \
failing call could not reach its caller, a misuse would hang instead of being an error, and there \
would be no cancellation and no timeout. Compile what includes SmartAsync without -fno-exceptions; \
what only links to it may keep the option."
#endif
