// SPDX-License-Identifier: MIT
#pragma once

// What generated headers include: all that their entries stand on.

#include <type_traits>
#include <utility>

#include "smartasync/blocking.hpp"
#include "smartasync/call.hpp"
#include "smartasync/dispatch.hpp"
#include "smartasync/keep.hpp"
#include "smartasync/kept.hpp"
#include "smartasync/kind_of.hpp"
#include "smartasync/operation.hpp"
#include "smartasync/ref.hpp"
#include "smartasync/site.hpp"
#include "smartasync/stop_token.hpp"

namespace smartasync {
/// Stands for an argument in an assertion. A `T`, not a reference to one as of std::declval, so
/// that compilers need not look how it is moved into a parameter.
template <class T>
T some() noexcept;
}  // namespace smartasync

/// Tells compilers that can check it that the result points to this parameter.
#if defined(__has_cpp_attribute) && __has_cpp_attribute(clang::lifetimebound)
#define SMARTASYNC_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define SMARTASYNC_LIFETIMEBOUND
#endif
