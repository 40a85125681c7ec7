// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

namespace golden::impl {

struct Point {
  explicit Point(int across) : x(across) {}
  int x;
};

[[smartasync]] inline int shift(Point point, int by) { return point.x + by; }

inline namespace v2 {
[[smartasync]] inline smartasync::task<int> scale(Point point, int by) { co_return point.x * by; }
}  // namespace v2

namespace net {
class Link {
 public:
  [[smartasync]] smartasync::task<Point> receive() { co_return Point(9); }
};
}  // namespace net

}  // namespace golden::impl

namespace golden::plain {
[[smartasync]] inline int five() { return 5; }
}  // namespace golden::plain

namespace golden::impl {
[[smartasync]] inline int last(const Point& point) { return point.x; }
}  // namespace golden::impl
