// SPDX-License-Identifier: MIT
#include "counted_allocation.hpp"

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <new>

namespace reliability {
namespace {

constexpr long never = std::numeric_limits<long>::max();

constinit std::atomic<std::ptrdiff_t> blocks{0};
constinit std::atomic<std::ptrdiff_t> bytes{0};
constinit std::atomic<long> until_failure{never};

// In front of every block: how much was asked for. As wide as the strictest plain alignment.
constexpr std::size_t head = __STDCPP_DEFAULT_NEW_ALIGNMENT__;

bool fails() noexcept {
  return until_failure.load(std::memory_order_relaxed) != never &&
         until_failure.fetch_sub(1, std::memory_order_relaxed) == 1;
}

void* allocate(std::size_t size, std::size_t alignment) noexcept {
  if (fails()) return nullptr;
  const std::size_t front = alignment > head ? alignment : head;
  const std::size_t whole = (front + size + front - 1) / front * front;
  auto* const block = static_cast<char*>(std::aligned_alloc(front, whole));
  if (block == nullptr) return nullptr;
  blocks.fetch_add(1, std::memory_order_relaxed);
  bytes.fetch_add(static_cast<std::ptrdiff_t>(size), std::memory_order_relaxed);
  ::new (static_cast<void*>(block + front - head)) std::size_t(size);
  return block + front;
}

void release(void* memory, std::size_t alignment) noexcept {
  if (memory == nullptr) return;
  const std::size_t front = alignment > head ? alignment : head;
  char* const block = static_cast<char*>(memory) - front;
  const std::size_t size = *reinterpret_cast<std::size_t*>(block + front - head);
  blocks.fetch_sub(1, std::memory_order_relaxed);
  bytes.fetch_sub(static_cast<std::ptrdiff_t>(size), std::memory_order_relaxed);
  std::free(block);
}

void* allocate_or_throw(std::size_t size, std::size_t alignment) {
  void* const made = allocate(size, alignment);
  if (made == nullptr) throw std::bad_alloc();
  return made;
}

}  // namespace

std::ptrdiff_t live_blocks() noexcept { return blocks.load(); }
std::ptrdiff_t live_bytes() noexcept { return bytes.load(); }

void fail_allocation(long n) noexcept { until_failure.store(n); }
bool stop_failing() noexcept { return until_failure.exchange(never) <= 0; }

}  // namespace reliability

using namespace reliability;

void* operator new(std::size_t size) { return allocate_or_throw(size, head); }
void* operator new[](std::size_t size) { return allocate_or_throw(size, head); }
void* operator new(std::size_t size, std::align_val_t a) {
  return allocate_or_throw(size, static_cast<std::size_t>(a));
}
void* operator new[](std::size_t size, std::align_val_t a) {
  return allocate_or_throw(size, static_cast<std::size_t>(a));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return allocate(size, head);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return allocate(size, head);
}
void* operator new(std::size_t size, std::align_val_t a, const std::nothrow_t&) noexcept {
  return allocate(size, static_cast<std::size_t>(a));
}
void* operator new[](std::size_t size, std::align_val_t a, const std::nothrow_t&) noexcept {
  return allocate(size, static_cast<std::size_t>(a));
}
void operator delete(void* p) noexcept { release(p, head); }
void operator delete[](void* p) noexcept { release(p, head); }
void operator delete(void* p, std::size_t) noexcept { release(p, head); }
void operator delete[](void* p, std::size_t) noexcept { release(p, head); }
void operator delete(void* p, const std::nothrow_t&) noexcept { release(p, head); }
void operator delete[](void* p, const std::nothrow_t&) noexcept { release(p, head); }
void operator delete(void* p, std::align_val_t a) noexcept {
  release(p, static_cast<std::size_t>(a));
}
void operator delete[](void* p, std::align_val_t a) noexcept {
  release(p, static_cast<std::size_t>(a));
}
void operator delete(void* p, std::size_t, std::align_val_t a) noexcept {
  release(p, static_cast<std::size_t>(a));
}
void operator delete[](void* p, std::size_t, std::align_val_t a) noexcept {
  release(p, static_cast<std::size_t>(a));
}
void operator delete(void* p, std::align_val_t a, const std::nothrow_t&) noexcept {
  release(p, static_cast<std::size_t>(a));
}
void operator delete[](void* p, std::align_val_t a, const std::nothrow_t&) noexcept {
  release(p, static_cast<std::size_t>(a));
}
