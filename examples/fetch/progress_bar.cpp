// SPDX-License-Identifier: MIT
#include "progress_bar.hpp"

#include <unistd.h>

#include <cstdio>
#include <utility>

namespace {

constexpr std::chrono::milliseconds redraw_interval(40);
constexpr std::size_t width = 40;

}  // namespace

progress_bar::progress_bar(std::string unit)
    : unit_(std::move(unit)), is_terminal_(isatty(STDERR_FILENO) == 1) {}

void progress_bar::show(std::size_t done, std::size_t known) {
  auto now = std::chrono::steady_clock::now();
  if (!is_terminal_ || now < next_) return;
  next_ = now + redraw_interval;
  is_shown_ = true;
  std::size_t filled = known == 0 ? 0 : done * width / known;
  std::string bar = std::string(filled, '#') + std::string(width - filled, '.');
  std::fprintf(stderr, "\r[%s] %zu of %zu %s", bar.c_str(), done, known, unit_.c_str());
}

void progress_bar::clear() {
  if (is_shown_) std::fputs("\r\x1b[K", stderr);
  is_shown_ = false;
}
