// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace golden {

/// Neither default-constructible nor copied.
class Ticket {
 public:
  explicit Ticket(int at) : number(at) {}
  Ticket(Ticket&&) = default;
  int number;
};

[[smartasync]] inline int value() { return 1; }
[[smartasync]] inline smartasync::task<std::string> text() { co_return "text"; }
[[smartasync]] inline void nothing(bool& done) { done = true; }
[[smartasync]] inline smartasync::task<void> nothing_async(bool& done) {
  done = true;
  co_return;
}
[[smartasync]] inline int& element(std::vector<int>& numbers) { return numbers.front(); }
[[smartasync]] inline const int& first(const std::vector<int>& numbers) { return numbers.front(); }
[[smartasync]] inline smartasync::task<int&> last(std::vector<int>& numbers) {
  co_return numbers.back();
}
[[smartasync]] inline const int* address(const std::vector<int>& numbers) { return numbers.data(); }
[[smartasync]] inline std::unique_ptr<int> owned() { return std::make_unique<int>(5); }
[[smartasync]] inline smartasync::task<Ticket> ticket(int number) { co_return Ticket(number); }
[[smartasync]] inline std::vector<std::pair<int, std::string>> rows() { return {{1, "one"}}; }

}  // namespace golden
