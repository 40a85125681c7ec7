// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace reliability {

/// Ends the program, with what it was doing on stderr, when it is not destroyed in time: a test
/// that hangs says where. SMARTASYNC_WATCHDOG_SECONDS in the environment sets another limit.
class watchdog {
 public:
  explicit watchdog(std::string doing, std::chrono::seconds limit = std::chrono::seconds(120))
      : doing_(std::move(doing)), thread_([this, limit] { watch(limit_or(limit)); }) {}
  ~watchdog() {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }
  watchdog(const watchdog&) = delete;
  watchdog& operator=(const watchdog&) = delete;

  void say(std::string doing) {
    const std::lock_guard lock(mutex_);
    doing_ = std::move(doing);
  }

 private:
  static std::chrono::seconds limit_or(std::chrono::seconds otherwise) {
    const char* const text = std::getenv("SMARTASYNC_WATCHDOG_SECONDS");
    return text != nullptr ? std::chrono::seconds(std::atoi(text)) : otherwise;
  }

  void watch(std::chrono::seconds limit) {
    std::unique_lock lock(mutex_);
    if (changed_.wait_for(lock, limit, [this] { return done_; })) return;
    std::fprintf(stderr, "watchdog: hangs: %s\n", doing_.c_str());
    std::fflush(nullptr);
    std::_Exit(3);
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  std::string doing_;
  std::thread thread_;
};

}  // namespace reliability
