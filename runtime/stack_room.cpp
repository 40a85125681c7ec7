// SPDX-License-Identifier: MIT
#include "smartasync/detail/stack_room.hpp"

#include <pthread.h>

#include <cstddef>

namespace smartasync::detail {

void find_stack_limit(thread_state& t) noexcept {
  if (t.stack_limit != 0) return;
  // Where the system does not tell, a stack is as large as the room and as much again.
  t.stack_limit = 1;
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return;
  void* lowest = nullptr;
  std::size_t size = 0;
  if (pthread_attr_getstack(&attributes, &lowest, &size) == 0) {
    t.stack_limit = reinterpret_cast<std::uintptr_t>(lowest) + size / 2;
  }
  pthread_attr_destroy(&attributes);
}

}  // namespace smartasync::detail
