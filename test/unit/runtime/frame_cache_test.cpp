// SPDX-License-Identifier: MIT
#include "smartasync/detail/frame_cache.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <thread>
#include <vector>

namespace {

using smartasync::detail::allocate_frame;
using smartasync::detail::allocate_plain_frame;
using smartasync::detail::frame_cache;
using smartasync::detail::free_frame;

/// More than the cache of a thread holds.
constexpr std::size_t many = 4 * frame_cache::class_bytes;

std::vector<void*> allocate_many(std::size_t size, void* (*allocate)(std::size_t)) {
  std::vector<void*> frames(many / size);
  for (void*& frame : frames) {
    frame = allocate(size);
    std::memset(frame, 0xFF, size);
  }
  return frames;
}

void free_all(const std::vector<void*>& frames, std::size_t size) {
  for (void* const frame : frames) free_frame(frame, size);
}

class frame_cache_of : public testing::TestWithParam<std::size_t> {};

TEST_P(frame_cache_of, a_thread_gives_frames_again_that_it_has_freed) {
  void* const frame = allocate_frame(GetParam());
  std::memset(frame, 0xFF, GetParam());
  free_frame(frame, GetParam());
  void* const again = allocate_frame(GetParam());
  if (smartasync::detail::recycle_frames &&
      frame_cache::class_of(GetParam()) < frame_cache::classes) {
    EXPECT_EQ(again, frame);
  }
  free_frame(again, GetParam());
}

TEST_P(frame_cache_of, a_thread_takes_and_frees_more_than_it_keeps) {
  for (int i = 0; i != 3; ++i) free_all(allocate_many(GetParam(), allocate_frame), GetParam());
}

TEST_P(frame_cache_of, a_thread_frees_what_another_has_made) {
  std::vector<void*> frames;
  std::thread([&] { frames = allocate_many(GetParam(), allocate_frame); }).join();
  std::thread([&] { free_all(frames, GetParam()); }).join();
}

TEST_P(frame_cache_of, frames_that_are_allocations_of_their_own_are_freed_among_others) {
  std::thread([&] {
    const std::vector<void*> recycled = allocate_many(GetParam(), allocate_frame);
    const std::vector<void*> plain = allocate_many(GetParam(), allocate_plain_frame);
    for (std::size_t i = 0; i != plain.size(); ++i) {
      free_frame(plain[i], GetParam());
      free_frame(recycled[i], GetParam());
    }
    free_all(allocate_many(GetParam(), allocate_frame), GetParam());
  }).join();
}

INSTANTIATE_TEST_SUITE_P(size, frame_cache_of, testing::Values(16, 17, 160, 1000, 1024, 1025, 5000),
                         testing::PrintToStringParamName());

}  // namespace
