// SPDX-License-Identifier: MIT
// A base that depends on template parameters, of a template of which this header does not know what
// an instance holds: the class is served without it, and the author is told.
// RUN: %smartasync_gen -o %t.smart.hpp %s 2> %t.err && FileCheck %s --check-prefix=ERR < %t.err
// RUN: FileCheck %s < %t.smart.hpp
// RUN: %smartasync_gen -q -o %t.quiet.hpp %s 2>&1 | count 0
#pragma once

namespace app {
template <class T>
struct cell {
  [[smartasync]] T load() const;
};
template <>
struct cell<void> {};

template <class... Ts>
struct row {
  [[smartasync]] int width() const;
};

struct shelf {
  template <class T>
  struct slot {
    [[smartasync]] int depth() const;
  };
};

template <class T>
struct unmarked {
  int plain() const;
};
template <>
struct unmarked<void> {};

template <class T>
// ERR: unread-bases.hpp:[[@LINE+1]]:{{[0-9]+}}: warning: 'app::sheet' has no entries for what it inherits from 'app::cell', which is specialised [smartasync-base-not-read]
struct sheet : cell<T>,
// ERR: note: an object of the base has them
// ERR: unread-bases.hpp:[[@LINE+1]]:{{[0-9]+}}: warning: 'app::sheet' has no entries for what it inherits from 'app::row', which has arguments that cannot be spelled one by one [smartasync-base-not-read]
               row<T, int>,
// ERR: unread-bases.hpp:[[@LINE+1]]:{{[0-9]+}}: warning: 'app::sheet' has no entries for what it inherits from 'app::shelf::slot', which is a member of a class [smartasync-base-not-read]
               shelf::slot<T>,
               unmarked<T> {
  [[smartasync]] T sum() const;
};
}  // namespace app

// ERR-NOT: unmarked
// CHECK: struct sheet_sum {
// CHECK-NOT: struct sheet_{{load|width|depth|plain}}
