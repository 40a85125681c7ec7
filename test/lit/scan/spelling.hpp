// SPDX-License-Identifier: MIT
// Types are spelled so that they mean the same anywhere, with the author's own names for them.
// RUN: %smartasync_gen -o %t.smart.hpp %s && FileCheck %s < %t.smart.hpp
#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace lib {
enum class speed { slow, fast };
struct outer {
  struct inner {};
  using many = std::vector<inner>;
  enum plain { one };
};
template <speed S, int N>
struct tagged {};
template <class F>
struct held {};
inline namespace v2 {
struct versioned {};
}
constexpr int size = 4;
typedef struct {
  int x;
} c_style;
}  // namespace lib

namespace app {
using lib::outer;
using namespace lib;
namespace smart {
struct outer;
}
class hides {
  using alias = std::vector<int>;

 public:
  // CHECK-LABEL: struct hides_alias_is_private {
  // CHECK: static std::vector<int> invoke(
  [[smartasync]] alias alias_is_private();
};
// CHECK-LABEL: struct names {
// CHECK: using arguments = smartasync::keep<
// CHECK-SAME: smartasync::moved<::lib::outer>,
// CHECK-NEXT: smartasync::moved<::lib::outer::inner>,
// CHECK-NEXT: smartasync::moved<::lib::outer::many>,
// CHECK-NEXT: smartasync::moved<::lib::outer::plain>,
// CHECK-NEXT: smartasync::moved<::lib::tagged<::lib::speed::fast, 3>>,
// CHECK-NEXT: smartasync::moved<::lib::versioned>,
// CHECK-NEXT: smartasync::moved<::lib::c_style>,
// CHECK-NEXT: smartasync::moved<std::array<int, 4>>,
// CHECK-NEXT: smartasync::moved<std::uint64_t>,
// CHECK-NEXT: smartasync::moved<std::chrono::milliseconds>,
// CHECK-NEXT: smartasync::moved<std::string::size_type>,
// CHECK-NEXT: smartasync::moved<unsigned long long>>;
[[smartasync]] void names(outer a, outer::inner b, outer::many c, outer::plain d,
                          tagged<speed::fast, 3> e, versioned f, c_style g, std::array<int, size> h,
                          std::uint64_t i, std::chrono::milliseconds j, std::string::size_type k,
                          unsigned long long l);
// CHECK-LABEL: struct shapes {
// CHECK: static void invoke(
// CHECK-NEXT: int (&a)[4],
// CHECK-NEXT: ::lib::outer (*b)(int, ::lib::outer&),
// CHECK-NEXT: ::lib::outer (::lib::outer::*c)(int) const,
// CHECK-NEXT: const ::lib::outer* const* d,
// CHECK-NEXT: std::function<void(int, ::lib::outer&)>&& e,
// CHECK-NEXT: ::lib::held<::lib::outer (*)(int)>&& f) {
[[smartasync]] void shapes(int (&a)[4], outer (*b)(int, outer&), outer (outer::*c)(int) const,
                           const outer* const* d, std::function<void(int, outer&)> e,
                           held<outer (*)(int)> f);
}  // namespace app
