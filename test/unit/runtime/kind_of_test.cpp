// SPDX-License-Identifier: MIT
#include "smartasync/kind_of.hpp"

#include <gtest/gtest.h>

#include <coroutine>
#include <string>

#include "smartasync/task.hpp"

namespace {

using smartasync::awaited_t;
using smartasync::call_kind;
using smartasync::kind_of;

struct minimal {
  bool await_ready() const { return true; }
  void await_suspend(std::coroutine_handle<>) const {}
  int await_resume() const { return 1; }
};

TEST(kind_of, is_async_of_what_can_be_awaited) {
  EXPECT_EQ(kind_of<smartasync::task<int>>, call_kind::async);
  EXPECT_EQ(kind_of<minimal>, call_kind::async);
  EXPECT_EQ(kind_of<int>, call_kind::sync);
  EXPECT_EQ(kind_of<void>, call_kind::sync);
  EXPECT_EQ(kind_of<std::string&>, call_kind::sync);
}

TEST(awaited, is_what_the_await_gives_or_the_type_itself) {
  EXPECT_TRUE((std::is_same_v<awaited_t<smartasync::task<std::string&>>, std::string&>));
  EXPECT_TRUE((std::is_same_v<awaited_t<minimal>, int>));
  EXPECT_TRUE((std::is_same_v<awaited_t<void>, void>));
  EXPECT_TRUE((std::is_same_v<awaited_t<const std::string&>, const std::string&>));
}

TEST(untagged, is_false_of_the_tags_alone) {
  EXPECT_TRUE(smartasync::untagged<int>);
  EXPECT_FALSE(smartasync::untagged<const smartasync::sync_t&>);
  EXPECT_FALSE(smartasync::untagged<smartasync::async_t>);
  EXPECT_TRUE(smartasync::untagged_first<>);
  EXPECT_TRUE((smartasync::untagged_first<int, smartasync::sync_t>));
  EXPECT_FALSE((smartasync::untagged_first<smartasync::sync_t, int>));
}

}  // namespace
