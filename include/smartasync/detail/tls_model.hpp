// SPDX-License-Identifier: MIT
#pragma once

/// How the thread-local variables that headers read are reached. The target SmartAsync::runtime
/// says it to all who link it; SMARTASYNC_TLS_MODEL of CMake chooses.
///
/// By default, initial-exec: at a fixed distance from the thread's pointer, one instruction in a
/// shared library too. A library with such variables has its part in the block that each thread has
/// from its start; to one that is opened with dlopen() the dynamic linker gives what is left over,
/// and refuses it when that is used up.
///
/// With SMARTASYNC_DYNAMIC_TLS, as the compiler chooses: by a call where the code is
/// position-independent, and with no such limit. The tag becomes part of the variable's symbol, so
/// that headers of the one model and a runtime of the other do not link.
#if defined(SMARTASYNC_DYNAMIC_TLS)
#define SMARTASYNC_THREAD_LOCAL_MODEL [[gnu::abi_tag("dynamic_tls")]]
#else
#define SMARTASYNC_THREAD_LOCAL_MODEL [[gnu::tls_model("initial-exec")]]
#endif
