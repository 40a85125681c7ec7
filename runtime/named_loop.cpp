// SPDX-License-Identifier: MIT
#include "smartasync/named_loop.hpp"

#include <pthread.h>

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

class loop_thread {
 public:
  explicit loop_thread(const std::string& name)
      : thread_([this, name] {
          pthread_setname_np(pthread_self(), ("sa:" + name).substr(0, 15).c_str());
          loop_.run();
          loop_.close();
        }) {}

  [[nodiscard]] event_loop& loop() noexcept { return loop_; }

  void end() noexcept {
    loop_.stop();
    if (thread_.get_id() == std::this_thread::get_id()) {
      thread_.detach();  // The process exits from within this loop.
    } else {
      thread_.join();
    }
  }

 private:
  event_loop loop_;
  std::thread thread_;
};

/// Never destroyed, as the executors; its threads are joined by `closer`.
struct registry {
  std::mutex mutex;
  std::map<std::string, std::unique_ptr<loop_thread>, std::less<>> loops;  // Guarded by mutex.
  bool closed = false;
};

registry& all() {
  // Loops end before executors: what they wait for may run there.
  static const bool prepared = (detail::prepare_executors(), true);
  static_cast<void>(prepared);
  static registry* const made = new registry;
  static struct closer {
    ~closer() {
      {
        const std::lock_guard lock(made->mutex);
        made->closed = true;
      }
      // Nothing is added from here on, and nothing ever taken out.
      for (const auto& [name, thread] : made->loops) thread->end();
    }
  } const close_at_exit;
  return *made;
}

}  // namespace

event_loop& named_loop(std::string_view name) {
  registry& loops = all();
  const std::lock_guard lock(loops.mutex);
  if (loops.closed) throw loop_closed_error("smartasync: the process is ending, so are its loops");
  const auto found = loops.loops.find(name);
  if (found != loops.loops.end()) return found->second->loop();
  std::string key(name);
  auto made = std::make_unique<loop_thread>(key);
  return loops.loops.emplace(std::move(key), std::move(made)).first->second->loop();
}

}  // namespace smartasync
