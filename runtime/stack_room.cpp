// SPDX-License-Identifier: MIT
#include "smartasync/detail/stack_room.hpp"

#include <pthread.h>

#include <algorithm>
#include <cstddef>

namespace smartasync::detail {

void find_stack_room(thread_state& t) noexcept {
  if (t.stack_room != 0) return;
  constexpr std::size_t most = std::size_t{1024} * 1024;
  // Where the system does not tell, there is as much below the caller as a small stack has.
  std::uintptr_t top = stack_here();
  std::size_t room = std::size_t{32} * 1024;
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
    void* lowest = nullptr;
    std::size_t size = 0;
    if (pthread_attr_getstack(&attributes, &lowest, &size) == 0) {
      top = reinterpret_cast<std::uintptr_t>(lowest) + size;
      room = std::min(most, size / 2);
    }
    pthread_attr_destroy(&attributes);
  }
  t.stack_floor = top - room;
  t.stack_room = room;
}

}  // namespace smartasync::detail
