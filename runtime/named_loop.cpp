// SPDX-License-Identifier: MIT
#include "smartasync/named_loop.hpp"

#include <pthread.h>

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "executors.hpp"
#include "smartasync/errors.hpp"

namespace smartasync {
namespace {

/// The kernel keeps 15 characters. Made without an allocation.
std::array<char, 16> short_name(const std::string& name) noexcept {
  std::array<char, 16> shown{'s', 'a', ':'};
  name.copy(shown.data() + 3, shown.size() - 4);
  return shown;
}

class loop_thread {
 public:
  explicit loop_thread(const std::string& name)
      : thread_([this, shown = short_name(name)] {
          pthread_setname_np(pthread_self(), shown.data());
          loop_.run();
          loop_.close();
        }) {}

  [[nodiscard]] event_loop& loop() noexcept { return loop_; }

  /// Once is enough; not on its own thread.
  void end() noexcept {
    if (!thread_.joinable()) return;
    loop_.stop();
    thread_.join();
  }

 private:
  event_loop loop_;
  std::thread thread_;
};

/// Never destroyed, as the executors; its threads are joined by `closer`.
struct loop_registry {
  std::mutex mutex;
  std::map<std::string, std::unique_ptr<loop_thread>, std::less<>> loops;  // Guarded by mutex.
  bool closed = false;                                                     // Guarded by mutex.

  /// Ends all threads. The loops stay, and none is added any more.
  void close() noexcept {
    {
      const std::lock_guard lock(mutex);
      closed = true;
    }
    for (const auto& [name, thread] : loops) thread->end();
  }
};

loop_registry* made_loops = nullptr;

// The child of a fork has none of the loops' threads: it makes its own when it needs them. The
// parent's loops are left as they are, in the child's memory too.
void loops_before_fork() noexcept { made_loops->mutex.lock(); }
void loops_in_parent() noexcept { made_loops->mutex.unlock(); }
void loops_in_child() noexcept {
  ::new (&made_loops->mutex) std::mutex;
  ::new (&made_loops->loops) decltype(made_loops->loops);
}

loop_registry* make_loops() {
  made_loops = new loop_registry;
  pthread_atfork(loops_before_fork, loops_in_parent, loops_in_child);
  return made_loops;
}

loop_registry& all_loops() {
  // Loops end before executors: what they wait for may run there.
  static const bool prepared = (detail::prepare_executors(), true);
  static_cast<void>(prepared);
  static loop_registry* const made = make_loops();
  static struct closer {
    ~closer() {
      // The process exits from within a loop or a call that others may wait for.
      const detail::thread_state& t = detail::state_here();
      if (t.loop == nullptr && t.worker_of == nullptr) made->close();
    }
  } const close_at_exit;
  return *made;
}

}  // namespace

void detail::end_named_loops() { all_loops().close(); }

event_loop& named_loop(std::string_view name) {
  loop_registry& loops = all_loops();
  const std::lock_guard lock(loops.mutex);
  if (loops.closed) throw loop_closed_error("smartasync: the runtime has ended, so have its loops");
  const auto found = loops.loops.find(name);
  if (found != loops.loops.end()) return found->second->loop();
  // Its place first: a loop whose thread runs could not be given up again.
  const auto place = loops.loops.emplace(std::string(name), nullptr).first;
  try {
    place->second = std::make_unique<loop_thread>(place->first);
  } catch (...) {
    loops.loops.erase(place);
    throw;
  }
  return place->second->loop();
}

}  // namespace smartasync
