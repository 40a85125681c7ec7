// SPDX-License-Identifier: MIT
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "smartasync/loop_wait.hpp"

namespace smartasync {
namespace {

[[noreturn]] void throw_errno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// A descriptor that is closed with its owner.
class owned_fd {
 public:
  owned_fd(int fd, const char* what) : fd_(fd) {
    if (fd < 0) throw_errno(what);
  }
  ~owned_fd() { ::close(fd_); }
  owned_fd(const owned_fd&) = delete;
  owned_fd& operator=(const owned_fd&) = delete;
  [[nodiscard]] int get() const noexcept { return fd_; }

 private:
  int fd_;
};

class epoll_wait final : public loop_wait {
 public:
  epoll_wait() {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = wakeup_.get();
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, wakeup_.get(), &event) != 0) {
      throw_errno("epoll_ctl");
    }
  }

  std::size_t wait(deadline until, detail::work_queue& ready) override {
    std::array<epoll_event, 128> events;
    const int count = block(events.data(), static_cast<int>(events.size()), until);
    std::size_t wakes = 0;
    for (int i = 0; i < count; ++i) {
      const epoll_event& event = events[static_cast<std::size_t>(i)];
      if (event.data.fd == wakeup_.get()) {
        wakes += consume_wakes();
      } else {
        found(event.data.fd, event.events, ready);
      }
    }
    return wakes;
  }

  void wake() noexcept override {
    const int saved = errno;
    const std::uint64_t one = 1;
    // It fails only when the counter is full, and then the loop wakes anyway.
    [[maybe_unused]] const auto written = ::write(wakeup_.get(), &one, sizeof one);
    errno = saved;
  }

  bool watch(descriptor_watch& watch) override {
    interest& of_fd = interests_[watch.fd];
    descriptor_watch*& slot = watch.for_writing ? of_fd.writer : of_fd.reader;
    if (slot != nullptr) {
      throw std::system_error(std::make_error_code(std::errc::device_or_resource_busy),
                              "the descriptor is awaited already");
    }
    slot = &watch;
    if (arm(watch.fd, of_fd)) return true;
    const int error = errno;
    slot = nullptr;
    if (of_fd.empty()) interests_.erase(watch.fd);
    if (error == EPERM) return false;  // A regular file.
    throw std::system_error(error, std::generic_category(), "epoll_ctl");
  }

  void unwatch(descriptor_watch& watch) noexcept override {
    const auto at = interests_.find(watch.fd);
    if (at == interests_.end()) return;
    descriptor_watch*& slot = watch.for_writing ? at->second.writer : at->second.reader;
    if (slot != &watch) return;
    slot = nullptr;
    // The descriptor may be closed, or be another file by now: nothing to do about an error.
    if (at->second.empty()) {
      interests_.erase(at);
      ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, watch.fd, nullptr);
    } else {
      static_cast<void>(arm(watch.fd, at->second));
    }
  }

 private:
  struct interest {
    descriptor_watch* reader = nullptr;
    descriptor_watch* writer = nullptr;
    [[nodiscard]] bool empty() const noexcept { return reader == nullptr && writer == nullptr; }
  };

  /// One-shot: an event disarms the descriptor until it is armed again.
  bool arm(int fd, const interest& of_fd) noexcept {
    epoll_event event{};
    event.events = EPOLLONESHOT;
    if (of_fd.reader != nullptr) event.events |= EPOLLIN | EPOLLRDHUP;
    if (of_fd.writer != nullptr) event.events |= EPOLLOUT;
    event.data.fd = fd;
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, fd, &event) == 0) return true;
    return errno == ENOENT && ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) == 0;
  }

  void found(int fd, std::uint32_t events, detail::work_queue& ready) noexcept {
    const auto at = interests_.find(fd);
    if (at == interests_.end()) return;
    interest& of_fd = at->second;
    constexpr std::uint32_t failed = EPOLLERR | EPOLLHUP;
    if (of_fd.reader != nullptr && (events & (EPOLLIN | EPOLLRDHUP | failed)) != 0) {
      ready.push(*std::exchange(of_fd.reader, nullptr));
    }
    if (of_fd.writer != nullptr && (events & (EPOLLOUT | failed)) != 0) {
      ready.push(*std::exchange(of_fd.writer, nullptr));
    }
    if (!of_fd.empty() && !arm(fd, of_fd)) {
      // The other one can wait no longer: it goes on, and meets the error when it waits again.
      if (of_fd.reader != nullptr) ready.push(*std::exchange(of_fd.reader, nullptr));
      if (of_fd.writer != nullptr) ready.push(*std::exchange(of_fd.writer, nullptr));
    }
    if (of_fd.empty()) interests_.erase(at);
  }

  std::size_t consume_wakes() noexcept {
    std::uint64_t count = 0;
    if (::read(wakeup_.get(), &count, sizeof count) != sizeof count) return 0;
    return static_cast<std::size_t>(count);
  }

  int block(epoll_event* events, int room, deadline until) noexcept {
    using namespace std::chrono;
    nanoseconds rest{-1};
    if (until != deadline::max()) {
      rest = nanoseconds::zero();
      if (until != deadline::min()) rest = std::max(rest, nanoseconds(until - steady_clock::now()));
    }
    int count = wait_for(events, room, rest);
    if (count < 0 && errno == EINTR) count = 0;
    if (count < 0) {
      std::perror("smartasync: epoll_wait");
      std::abort();
    }
    return count;
  }

  /// `rest` below zero: for ever.
  int wait_for(epoll_event* events, int room, std::chrono::nanoseconds rest) noexcept {
    using namespace std::chrono;
#if defined(SYS_epoll_pwait2)
    if (precise_ && rest > nanoseconds::zero()) {
      const auto whole = duration_cast<seconds>(rest);
      timespec time{};
      time.tv_sec = static_cast<time_t>(whole.count());
      time.tv_nsec = static_cast<long>((rest - whole).count());
      const long count = ::syscall(SYS_epoll_pwait2, epoll_.get(), events, room, &time, nullptr, 0);
      if (count >= 0 || errno != ENOSYS) return static_cast<int>(count);
      precise_ = false;  // A kernel before 5.11.
    }
#endif
    int timeout = -1;
    if (rest >= nanoseconds::zero()) {
      const auto whole = ceil<milliseconds>(rest).count();
      timeout = whole > INT_MAX ? INT_MAX : static_cast<int>(whole);
    }
    return ::epoll_wait(epoll_.get(), events, room, timeout);
  }

  owned_fd epoll_{::epoll_create1(EPOLL_CLOEXEC), "epoll_create1"};
  owned_fd wakeup_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd"};
  std::unordered_map<int, interest> interests_;
  bool precise_ = true;
};

}  // namespace

std::unique_ptr<loop_wait> make_epoll_wait() { return std::make_unique<epoll_wait>(); }

}  // namespace smartasync
