// SPDX-License-Identifier: MIT
// What a class can be made of: a facade, or smartasync::ref alone and the reason for that.
// RUN: %smartasync_gen -o %t.smart.hpp %s && FileCheck %s < %t.smart.hpp
#pragma once
#include <string>

namespace app {
/// A base.
class base {
 public:
  explicit base(int);
  base(base&&);
  /// Documented.
  [[smartasync]] int first();
  int first(int);
  [[smartasync]] int second() const noexcept;
  [[smartasync]] int hidden();
  [[smartasync]] static int third();
};
struct derived : base {
  using base::base;
  [[nodiscard]] [[deprecated("use first")]] [[smartasync]] int own() &&;
  int hidden();
};
struct sealed final {
  [[smartasync]] int f();
};
union either {
  int a;
  [[smartasync]] int f();
};
struct overridable {
  virtual ~overridable();
  [[smartasync]] virtual int f();
};
struct abstract {
  virtual int g() = 0;
  [[smartasync]] int f();
};
class eternal {
  ~eternal();

 public:
  [[smartasync]] int f();
};
struct fixed {
  fixed();
  fixed(const fixed&) = delete;
  [[smartasync]] int f();
};
class half_hidden {
  int f(int);

 public:
  [[smartasync]] int f();
};
}  // namespace app

// CHECK: /// A base.
// CHECK-NEXT: class base : public ::app::base {
// CHECK: using ::app::base::base;
// CHECK: explicit base(::app::base&& base)
// CHECK: using ::app::base::first;
// CHECK: /// Documented.
// CHECK: static {{.*}}third()
// CHECK: class derived : public ::app::derived {
// CHECK: deprecated("use first")
// CHECK: own() && 
// CHECK: first()
// CHECK: second() const
// CHECK-NOT: hidden()
// CHECK: sealed{{.*}}final
// CHECK: either{{.*}}union
// CHECK: overridable{{.*}}virtual
// CHECK: abstract{{.*}}abstract
// CHECK: eternal{{.*}}destructor
// CHECK: class fixed : public ::app::fixed {
// CHECK-NEXT: public:
// CHECK-NOT: fixed(::app::fixed&&
// CHECK: class half_hidden : public ::app::half_hidden {
// CHECK-NOT: using ::app::half_hidden::f
