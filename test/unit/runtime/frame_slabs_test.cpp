// SPDX-License-Identifier: MIT
#include "frame_slabs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <random>
#include <span>
#include <thread>
#include <utility>
#include <vector>

namespace {

using smartasync::detail::frame_cache;
using smartasync::detail::frame_slabs;

/// Slabs of a test's own, which leave nothing behind.
struct own_slabs : frame_slabs {
  ~own_slabs() {
    trim(0);
    EXPECT_EQ(region_count(), 0U) << "a frame was not given back";
  }

  std::vector<void*> take_many(std::size_t size, std::size_t count) {
    std::vector<void*> frames(count);
    for (std::span<void*> rest = frames; !rest.empty();) {
      rest = rest.subspan(
          take(frame_cache::class_of(size), rest.first(std::min<std::size_t>(rest.size(), 32))));
    }
    return frames;
  }
};

/// How many frames of a size fill so many regions, and a little more.
std::size_t frames_of_regions(std::size_t regions, std::size_t size) {
  return regions * frame_slabs::region_bytes / size;
}

TEST(frame_slabs, give_frames_of_every_size_that_do_not_overlap) {
  own_slabs slabs;
  std::vector<std::pair<std::uintptr_t, std::uintptr_t>> ranges;
  std::vector<void*> all;
  for (std::size_t size = 1; size <= frame_cache::classes * frame_cache::grain; size += 7) {
    for (void* const frame : slabs.take_many(size, 100)) {
      const auto begin = reinterpret_cast<std::uintptr_t>(frame);
      EXPECT_EQ(begin % __STDCPP_DEFAULT_NEW_ALIGNMENT__, 0U);
      std::memset(frame, 0xFF, size);
      ranges.emplace_back(begin, begin + size);
      all.push_back(frame);
    }
  }
  std::sort(ranges.begin(), ranges.end());
  for (std::size_t i = 1; i != ranges.size(); ++i) {
    ASSERT_LE(ranges[i - 1].second, ranges[i].first);
  }
  slabs.give(all);
}

TEST(frame_slabs, give_frames_that_came_back_in_any_order_in_the_order_of_their_addresses) {
  own_slabs slabs;
  constexpr std::size_t size = 160;
  std::vector<void*> frames = slabs.take_many(size, frame_slabs::slab_bytes / size);
  std::shuffle(frames.begin(), frames.end(), std::mt19937(1));
  slabs.give(std::span(frames).subspan(1));
  const std::vector<void*> again = slabs.take_many(size, frames.size() - 1);
  EXPECT_TRUE(std::is_sorted(again.begin(), again.end()));
  EXPECT_TRUE(std::is_permutation(again.begin(), again.end(), frames.begin() + 1));
  slabs.give(frames);
}

TEST(frame_slabs, use_the_memory_of_one_size_for_another_once_it_is_free) {
  own_slabs slabs;
  slabs.give(slabs.take_many(48, frames_of_regions(3, 48)));
  const std::size_t before = slabs.region_count();
  slabs.give(slabs.take_many(1024, frames_of_regions(2, 1024)));
  EXPECT_EQ(slabs.region_count(), before);
}

TEST(frame_slabs, give_regions_without_a_frame_in_use_back_but_for_a_few) {
  own_slabs slabs;
  constexpr std::size_t size = 512;
  constexpr std::size_t regions = 2 * frame_slabs::most_spare;
  const std::vector<void*> frames = slabs.take_many(size, frames_of_regions(regions, size));
  EXPECT_GE(slabs.region_count(), regions);
  slabs.give(frames);
  EXPECT_EQ(slabs.region_count(), frame_slabs::most_spare);
}

TEST(frame_slabs, are_trimmed_to_as_many_regions_as_are_asked_for_or_in_use) {
  own_slabs slabs;
  constexpr std::size_t size = 1024;
  const std::vector<void*> frames = slabs.take_many(size, frames_of_regions(3, size));
  const std::size_t in_use = slabs.region_count();
  slabs.trim(0);
  EXPECT_EQ(slabs.region_count(), in_use);
  slabs.give(frames);
  slabs.trim(2);
  EXPECT_EQ(slabs.region_count(), 2U);
  slabs.trim(0);
  EXPECT_EQ(slabs.region_count(), 0U);
}

TEST(frame_slabs, keep_a_region_as_long_as_one_of_its_frames_is_in_use) {
  own_slabs slabs;
  constexpr std::size_t size = 512;
  constexpr std::size_t regions = 2 * frame_slabs::most_spare;
  const std::vector<void*> frames = slabs.take_many(size, frames_of_regions(regions, size));
  const std::size_t before = slabs.region_count();
  std::vector<void*> first_of_each;
  std::vector<void*> others;
  std::uintptr_t last = 0;
  for (void* const frame : frames) {
    const std::uintptr_t region =
        reinterpret_cast<std::uintptr_t>(frame) / frame_slabs::region_bytes;
    (std::exchange(last, region) != region ? first_of_each : others).push_back(frame);
  }
  slabs.give(others);
  EXPECT_EQ(slabs.region_count(), before);
  for (void* const frame : first_of_each) std::memset(frame, 0xFF, size);
  slabs.give(first_of_each);
}

TEST(frame_slabs, know_their_own_frames) {
  own_slabs slabs;
  own_slabs others;
  const std::vector<void*> mine = slabs.take_many(64, 1);
  const std::vector<void*> theirs = others.take_many(64, 1);
  EXPECT_TRUE(slabs.owns(mine[0]));
  EXPECT_FALSE(slabs.owns(theirs[0]));
  EXPECT_FALSE(slabs.owns(&slabs));
  slabs.give(mine);
  others.give(theirs);
}

TEST(frame_slabs, serve_threads_that_free_what_others_took) {
  own_slabs slabs;
  constexpr std::size_t threads = 4;
  constexpr int rounds = 300;
  std::mutex mutex;
  std::vector<std::pair<std::size_t, void*>> shared;  // Guarded by mutex; with their size.
  auto work = [&](unsigned seed) {
    std::mt19937 random(seed);
    for (int round = 0; round != rounds; ++round) {
      const std::size_t size = 1 + random() % 1024;
      const std::vector<void*> frames = slabs.take_many(size, 1 + random() % 50);
      for (void* const frame : frames) std::memset(frame, static_cast<int>(seed), size);
      std::vector<void*> given;
      {
        const std::lock_guard lock(mutex);
        for (void* const frame : frames) shared.emplace_back(size, frame);
        std::shuffle(shared.begin(), shared.end(), random);
        for (std::size_t count = random() % (shared.size() + 1); count != 0; --count) {
          const auto [bytes, frame] = shared.back();
          shared.pop_back();
          // Nobody else has written to it.
          const auto* const begin = static_cast<const unsigned char*>(frame);
          EXPECT_TRUE(std::all_of(begin, begin + bytes, [&](auto byte) { return byte == *begin; }));
          given.push_back(frame);
        }
      }
      slabs.give(given);
    }
  };
  std::vector<std::thread> workers;
  for (unsigned i = 0; i != threads; ++i) workers.emplace_back(work, i + 1);
  for (std::thread& each : workers) each.join();
  for (const auto& [size, frame] : shared) slabs.give(std::array{frame});
}

}  // namespace
