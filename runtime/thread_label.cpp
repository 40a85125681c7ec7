// SPDX-License-Identifier: MIT
#include "thread_label.hpp"

#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace smartasync::detail {

std::string thread_label::text() const {
  std::string made = "thread " + std::to_string(id);
  if (name[0] != '\0') made.append(" (").append(name.data()).append(")");
  return made;
}

int this_thread_id() noexcept {
  // Not remembered: a system call in debug mode is cheaper than a wrong number after a fork.
  return static_cast<int>(::syscall(SYS_gettid));
}

thread_label this_thread_label() noexcept {
  thread_label made;
  made.id = this_thread_id();
  pthread_getname_np(pthread_self(), made.name.data(), made.name.size());
  return made;
}

}  // namespace smartasync::detail
