// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>

namespace golden {

/// Line by line,
///   with indentation.
[[smartasync]] inline int lines() { return 1; }

/**
 * A block of documentation.
 * @return two
 */
[[smartasync]] inline smartasync::task<int> block() { co_return 2; }

/** In one line. */
[[smartasync]] [[nodiscard]] inline int line() { return 3; }

//! In the other style.
[[smartasync]] [[deprecated("use \"lines\" \\ instead")]] inline int old() { return 4; }

[[smartasync, deprecated]] inline int older() { return 5; }

// Not documentation: this comment stays where it is.
[[smartasync]] inline int none() { return 6; }

/// Notes are kept.
class Notes {
 public:
  /// Every method has its own comment.
  ///
  /// In two parts.
  [[smartasync]] int first() const { return 7; }

  [[smartasync]] int second() const { return 8; }  ///< Behind the method.
};

}  // namespace golden
