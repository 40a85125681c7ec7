// SPDX-License-Identifier: MIT
// How a pending operation keeps each parameter: the table of the contract, row by row.
// RUN: %smartasync_gen -o %t.smart.hpp %s && FileCheck %s < %t.smart.hpp
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace keep {
struct row {
  int id;
};
struct only_declared;
struct abstract {
  virtual ~abstract();
  virtual int get() const = 0;
};
struct unique {
  unique(unique&&);
};
struct looks_like_a_view {
  std::string_view text;
};
struct node {
  node* next;
};
struct owner {
  ~owner();
  node* first;
};

// CHECK-LABEL: struct views {
// CHECK: keep<smartasync::viewed<std::string_view, std::string>,
// CHECK-NEXT: smartasync::viewed<std::wstring_view, std::wstring>,
// CHECK-NEXT: smartasync::viewed<std::span<const ::keep::row>, std::vector<::keep::row>>,
// CHECK-NEXT: smartasync::viewed<std::string_view, std::string>>;
[[smartasync]] void views(std::string_view a, std::wstring_view b, std::span<const row> c,
                          const std::string_view& d);

// CHECK-LABEL: struct in_place {
// CHECK: keep<smartasync::in_place<const char*>,
// CHECK-NEXT: smartasync::in_place<std::span<int>>,
// CHECK-NEXT: smartasync::in_place<std::span<const int, 3>>,
// CHECK-NEXT: smartasync::in_place<std::span<const std::string_view>>,
// CHECK-NEXT: smartasync::in_place<const ::keep::looks_like_a_view&>,
// CHECK-NEXT: smartasync::in_place<::keep::node>,
// CHECK-NEXT: smartasync::in_place<std::vector<std::string_view>>,
// CHECK-NEXT: smartasync::in_place<std::pair<int, ::keep::node>>,
// CHECK-NEXT: smartasync::in_place<std::optional<int*>>>;
[[smartasync]] void in_place(const char* a, std::span<int> b, std::span<const int, 3> c,
                             std::span<const std::string_view> d, const looks_like_a_view& e,
                             node f, std::vector<std::string_view> g, std::pair<int, node> h,
                             std::optional<int*> i);

// CHECK-LABEL: struct moved {
// CHECK: keep<smartasync::moved<int>,
// CHECK-NEXT: smartasync::moved<std::string>,
// CHECK-NEXT: smartasync::moved<std::unique_ptr<::keep::node>>,
// CHECK-NEXT: smartasync::moved<::keep::unique>,
// CHECK-NEXT: smartasync::moved<std::map<std::string, std::vector<int>>>,
// CHECK-NEXT: smartasync::moved<std::shared_ptr<::keep::node>>,
// CHECK-NEXT: smartasync::moved<std::function<void(int*)>>,
// CHECK-NEXT: smartasync::moved<::keep::owner>,
// CHECK-NEXT: smartasync::moved<std::error_code>,
// CHECK-NEXT: smartasync::moved<int (*)(int*)>,
// CHECK-NEXT: smartasync::moved<int (::keep::row::*)>>;
[[smartasync]] void moved(const int a, std::string b, std::unique_ptr<node> c, unique&& d,
                          std::map<std::string, std::vector<int>> e, std::shared_ptr<node> f,
                          std::function<void(int*)> g, owner h, std::error_code i, int (*j)(int*),
                          int row::*k);

// CHECK-LABEL: struct copied {
// CHECK: keep<smartasync::copied<std::string>,
// CHECK-NEXT: smartasync::copied<::keep::row>,
// CHECK-NEXT: smartasync::copied<int>,
// CHECK-NEXT: smartasync::copied<int[3]>>;
[[smartasync]] void copied(const std::string& a, const row& b, const int& c, const int (&d)[3]);

// CHECK-LABEL: struct not_copied {
// CHECK: keep<smartasync::in_place<const ::keep::abstract&>,
// CHECK-NEXT: smartasync::in_place<const std::ostream&>,
// CHECK-NEXT: smartasync::in_place<const ::keep::only_declared&>,
// CHECK-NEXT: smartasync::in_place<const ::keep::unique&>,
// CHECK-NEXT: smartasync::in_place<const std::vector<std::unique_ptr<int>>&>>;
[[smartasync]] void not_copied(const abstract& a, const std::ostream& b, const only_declared& c,
                               const unique& d, const std::vector<std::unique_ptr<int>>& e);

// CHECK-LABEL: struct borrowed {
// CHECK: keep<smartasync::borrowed<std::string&>,
// CHECK-NEXT: smartasync::borrowed<::keep::only_declared*>,
// CHECK-NEXT: smartasync::borrowed<const ::keep::row*>,
// CHECK-NEXT: smartasync::borrowed<void*>,
// CHECK-NEXT: smartasync::borrowed<int (&)[3]>>;
[[smartasync]] void borrowed(std::string& a, only_declared* b, const row* c, void* d, int (&e)[3]);

// CHECK-LABEL: struct result_points {
// CHECK: keep<smartasync::in_place<const std::string&>,
// CHECK-NEXT: smartasync::in_place<std::string_view>,
// CHECK-NEXT: smartasync::copied<std::string>>;
[[smartasync(own = "c")]] const row* result_points(const std::string& a, std::string_view b,
                                                   const std::string& c);

// CHECK-LABEL: struct result_views {
// CHECK: keep<smartasync::in_place<const std::string&>>;
[[smartasync]] std::string_view result_views(const std::string& a);

// CHECK-LABEL: struct wished {
// CHECK: keep<smartasync::owned_text,
// CHECK-NEXT: smartasync::owned_target<const ::keep::row>,
// CHECK-NEXT: smartasync::in_place<const std::string&>,
// CHECK-NEXT: smartasync::copied<std::string>>;
[[smartasync(own = "a", own = "b", borrow = "c")]] void wished(const char* a, const row* b,
                                                               const std::string& c,
                                                               const std::string& d);

// CHECK-LABEL: struct wished_for_all {
// CHECK: keep<smartasync::in_place<std::string_view>,
// CHECK-NEXT: smartasync::in_place<const std::string&>,
// CHECK-NEXT: smartasync::moved<std::string>>;
[[smartasync(borrow)]] void wished_for_all(std::string_view a, const std::string& b, std::string c);
}  // namespace keep
