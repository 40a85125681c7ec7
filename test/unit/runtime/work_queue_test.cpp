// SPDX-License-Identifier: MIT
// First in, first out: one alone, a row, and one after the other.
#include <gtest/gtest.h>

#include <vector>

#include "smartasync/detail/work_item.hpp"

namespace {

using smartasync::detail::work_item;
using smartasync::detail::work_queue;

struct numbered : work_item {
  explicit numbered(int n) noexcept : work_item(nullptr), number(n) {}
  int number;
};

std::vector<int> numbers_of(const work_item* first) {
  std::vector<int> numbers;
  for (const work_item* item = first; item != nullptr; item = item->next) {
    numbers.push_back(static_cast<const numbered*>(item)->number);
  }
  return numbers;
}

TEST(work_queue, that_is_empty_has_nothing) {
  work_queue queue;
  EXPECT_TRUE(queue.empty());
  EXPECT_FALSE(queue.has_one());
  EXPECT_EQ(queue.take_all(), nullptr);
  EXPECT_TRUE(queue.empty());
}

TEST(work_queue, gives_the_only_item_whatever_it_was_linked_with) {
  work_queue queue;
  numbered one(1);
  numbered two(2);
  for (int i = 0; i != 3; ++i) {
    one.next = &two;
    queue.push(one);
    EXPECT_TRUE(queue.has_one());
    EXPECT_EQ(queue.take_one(), &one);
    EXPECT_TRUE(queue.empty());
    EXPECT_FALSE(queue.has_one());
  }
  queue.push(one);
  EXPECT_EQ(numbers_of(queue.take_all()), std::vector<int>{1});
}

TEST(work_queue, of_several_has_not_one) {
  work_queue queue;
  numbered one(1);
  numbered two(2);
  numbered three(3);
  queue.push(one);
  EXPECT_EQ(queue.take_one(), &one);
  one.next = &two;
  queue.append(one, two);
  EXPECT_FALSE(queue.has_one());
  queue.push(three);
  EXPECT_FALSE(queue.has_one());
  EXPECT_EQ(numbers_of(queue.take_all()), (std::vector<int>{1, 2, 3}));
  EXPECT_FALSE(queue.has_one());
}

}  // namespace
