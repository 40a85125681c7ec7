// SPDX-License-Identifier: MIT
// Of two threads that each write a word and then read the other's, one sees what the other has
// written, whether the kernel helps or not.
#include "smartasync/detail/asymmetric_fence.hpp"

#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <thread>

namespace {

using smartasync::detail::asymmetric_fence_heavy;
using smartasync::detail::asymmetric_fence_light;
using smartasync::detail::has_heavy_fence;
using smartasync::detail::prepare_asymmetric_fences;

/// How often neither saw the other.
int misses(int rounds) {
  struct alignas(64) word {
    std::atomic<int> value{0};
  };
  word light;
  word heavy;
  word round;
  word seen_by_light;
  word ended;
  std::thread other([&] {
    for (int i = 1; i <= rounds; ++i) {
      // Without giving way at first, so that the two meet.
      for (int looks = 0; round.value.load(std::memory_order_acquire) != i; ++looks) {
        if (looks > 1'000) std::this_thread::yield();
      }
      light.value.store(i, std::memory_order_relaxed);
      asymmetric_fence_light();
      seen_by_light.value.store(heavy.value.load(std::memory_order_relaxed),
                                std::memory_order_relaxed);
      ended.value.store(i, std::memory_order_release);
    }
  });
  int missed = 0;
  for (int i = 1; i <= rounds; ++i) {
    round.value.store(i, std::memory_order_release);
    // Now and then the two meet: a round begins on the other thread after so long.
    for (int spent = 0; spent != i % 97; ++spent)
      std::atomic_signal_fence(std::memory_order_seq_cst);
    heavy.value.store(i, std::memory_order_relaxed);
    asymmetric_fence_heavy();
    const int seen_by_heavy = light.value.load(std::memory_order_relaxed);
    while (ended.value.load(std::memory_order_acquire) != i) std::this_thread::yield();
    if (seen_by_heavy != i && seen_by_light.value.load(std::memory_order_relaxed) != i) ++missed;
  }
  other.join();
  return missed;
}

TEST(asymmetric_fences, let_one_side_see_the_other) {
  prepare_asymmetric_fences();
  EXPECT_EQ(misses(20'000), 0);
}

TEST(asymmetric_fences, are_full_ones_where_the_kernel_has_none) {
  has_heavy_fence = false;
  EXPECT_EQ(misses(20'000), 0);
  EXPECT_FALSE(has_heavy_fence);
}

/// From now on the kernel refuses this process the heavy fence, and its children. False where it
/// cannot be told to.
bool forbid_heavy_fence() {
  std::array<sock_filter, 4> steps{{
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  }};
  const sock_fprog filter{steps.size(), steps.data()};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}

TEST(asymmetric_fences, are_full_ones_from_when_the_process_forbids_itself_the_heavy_one) {
  const pid_t child = fork();
  ASSERT_NE(child, -1);
  if (child == 0) {
    prepare_asymmetric_fences();
    if (!forbid_heavy_fence()) _exit(2);
    const bool well = misses(5'000) == 0 && !has_heavy_fence;
    prepare_asymmetric_fences();
    _exit(well && !has_heavy_fence ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 2) GTEST_SKIP() << "no filter of system calls";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(asymmetric_fences, may_be_prepared_again) {
  prepare_asymmetric_fences();
  const bool had_one = has_heavy_fence;
  prepare_asymmetric_fences();
  EXPECT_EQ(has_heavy_fence, had_one);
}

}  // namespace
