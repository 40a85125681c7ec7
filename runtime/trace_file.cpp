// SPDX-License-Identifier: MIT
#include "trace_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>

#include "report.hpp"

namespace smartasync::detail {
namespace {

constexpr std::string_view closing = "\n]\n";
constexpr int taken = -2;

/// Opens the file and locks it. `taken`: another process has it, a child that inherited the
/// environment.
int open_own(const std::string& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (fd < 0) {
    report("smartasync: SMARTASYNC_TRACE: cannot write " + path + ": " + std::strerror(errno) +
           "\n");
    return fd;
  }
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    ::close(fd);
    return taken;
  }
  if (::ftruncate(fd, 0) != 0) {
    // A pipe or a device: nothing to cut.
  }
  return fd;
}

}  // namespace

trace_file::trace_file(const std::string& path) noexcept try {
  fd_ = open_own(path);
  if (fd_ == taken) fd_ = open_own(path + "." + std::to_string(::getpid()));
  if (fd_ < 0) return;
  const std::string pid = std::to_string(::getpid());
  const std::string begin = R"([
{"ph":"M","name":"process_labels","pid":)" +
                            pid + R"(,"tid":0,"args":{"labels":"smartasync"}})";
  end_ = static_cast<std::int64_t>(begin.size());
  static_cast<void>(write_at(begin + std::string(closing), 0));
} catch (const std::exception&) {
  // Without memory there is no trace.
}

void trace_file::append(std::string_view events) noexcept try {
  const std::lock_guard lock(mutex_);
  if (fd_ < 0 || events.empty()) return;
  std::string text(events);
  text += closing;
  if (!write_at(text, end_)) return;
  end_ += static_cast<std::int64_t>(events.size());
} catch (const std::exception&) {
  // Without memory these events are lost.
}

bool trace_file::write_at(std::string_view text, std::int64_t offset) const noexcept {
  while (!text.empty()) {
    const auto written = ::pwrite(fd_, text.data(), text.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
    offset += written;
  }
  return true;
}

void append_json_string(std::string& to, std::string_view text) {
  to += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      to += '\\';
      to += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      std::array<char, 8> escaped{};
      std::snprintf(escaped.data(), escaped.size(), "\\u%04x", static_cast<unsigned>(c));
      to += escaped.data();
    } else {
      to += c;
    }
  }
  to += '"';
}

}  // namespace smartasync::detail
