// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace smartasync::detail {

/// A file of trace events, one JSON array. Valid after every append(): what closes the array is
/// written each time, and written over the next time. From any thread.
class trace_file {
 public:
  /// Where another process writes to that file, takes one with this process's number behind.
  /// Says on stderr why it cannot be written, and then drops what it is given.
  explicit trace_file(const std::string& path) noexcept;
  trace_file(const trace_file&) = delete;
  trace_file& operator=(const trace_file&) = delete;

  /// Events, each with a comma in front.
  void append(std::string_view events) noexcept;

 private:
  bool write_at(std::string_view text, std::int64_t offset) const noexcept;

  std::mutex mutex_;
  // All below are guarded by mutex_.
  int fd_ = -1;
  std::int64_t end_ = 0;
};

/// `text` as a JSON string, quoted.
void append_json_string(std::string& to, std::string_view text);

}  // namespace smartasync::detail
