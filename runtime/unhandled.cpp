// SPDX-License-Identifier: MIT
#include <atomic>
#include <cstdio>
#include <exception>

#include "smartasync/event_loop.hpp"

namespace smartasync {
namespace {

void print(std::exception_ptr e) noexcept {
  try {
    std::rethrow_exception(std::move(e));
  } catch (const std::exception& known) {
    std::fprintf(stderr, "smartasync: unhandled exception: %s\n", known.what());
  } catch (...) {
    std::fputs("smartasync: unhandled exception of unknown type\n", stderr);
  }
}

constinit std::atomic<unhandled_exception_handler> chosen{&print};

}  // namespace

unhandled_exception_handler set_unhandled_exception_handler(
    unhandled_exception_handler f) noexcept {
  return chosen.exchange(f != nullptr ? f : &print, std::memory_order_relaxed);
}

void detail::report_unhandled(std::exception_ptr e) noexcept {
  chosen.load(std::memory_order_relaxed)(std::move(e));
}

void detail::report_caught() noexcept { report_unhandled(std::current_exception()); }

void detail::resume_reporting(std::coroutine_handle<> h) noexcept {
  try {
    h.resume();
  } catch (...) {
    report_caught();
  }
}

}  // namespace smartasync
