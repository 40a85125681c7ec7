// SPDX-License-Identifier: MIT
#include "call_place.hpp"

#include <pthread.h>
#include <unwind.h>

#include <array>
#include <exception>
#include <map>
#include <mutex>
#include <new>
#include <string_view>
#include <vector>

#include "smartasync/detail/call_place.hpp"
#include "smartasync/detail/modes.hpp"
#include "symbol.hpp"

namespace smartasync::detail {
namespace {

/// The innermost return addresses. The entries themselves are a few calls deep where nothing is
/// inlined; null where the stack is shorter.
using call_stack = std::array<const void*, 12>;

struct place_list {
  std::mutex mutex;
  // All below are guarded by mutex. Places are kept: a program has as many as it has calls.
  std::map<call_stack, std::uint32_t> numbers;
  std::vector<call_stack> places;
  std::vector<bool> reported;
};

place_list* list = nullptr;

place_list& all_places() {
  static const bool made = [] {
    list = new place_list;
    ::pthread_atfork(nullptr, nullptr, []() noexcept { ::new (list) place_list; });
    return true;
  }();
  static_cast<void>(made);
  return *list;
}

call_stack calls_here() noexcept {
  struct walk {
    call_stack stack{};
    std::size_t count = 0;
    int skip = 2;  // This function and its caller.
  } steps;
  ::_Unwind_Backtrace(
      [](_Unwind_Context* context, void* data) {
        auto& w = *static_cast<walk*>(data);
        if (w.skip > 0) {
          --w.skip;
          return _URC_NO_REASON;
        }
        const _Unwind_Ptr at = ::_Unwind_GetIP(context);
        if (at == 0 || w.count == w.stack.size()) return _URC_END_OF_STACK;
        // The call itself, not what comes after it.
        w.stack[w.count++] = reinterpret_cast<const void*>(at - 1);
        return _URC_NO_REASON;
      },
      &steps);
  return steps.stack;
}

bool is_entry_of_runtime(std::string_view mangled) noexcept {
  for (const std::string_view prefix : {"_ZN10smartasync", "_ZNK10smartasync"}) {
    if (mangled.starts_with(prefix)) return true;
  }
  return false;
}

std::string_view last_word(std::string_view qualified) noexcept {
  const auto colon = qualified.rfind("::");
  return colon == std::string_view::npos ? qualified : qualified.substr(colon + 2);
}

/// Without template arguments.
std::string_view without_arguments(std::string_view name) noexcept {
  return name.ends_with('>') ? name.substr(0, name.find('<')) : name;
}

}  // namespace

std::uint32_t note_call_place(bool always) noexcept try {
  if (modes() == 0 && !always) return 0;
  const call_stack stack = calls_here();
  place_list& all = all_places();
  const std::lock_guard lock(all.mutex);
  const auto [found, is_new] =
      all.numbers.try_emplace(stack, static_cast<std::uint32_t>(all.places.size() + 1));
  if (is_new) {
    all.places.push_back(stack);
    all.reported.push_back(false);
  }
  return found->second;
} catch (const std::exception&) {
  return 0;
}

std::string call_place_text(std::uint32_t place, const char* function) {
  call_stack stack;
  {
    place_list& all = all_places();
    const std::lock_guard lock(all.mutex);
    if (place > all.places.size()) return {};  // Of the parent of a fork.
    stack = all.places[place - 1];
  }
  bool past_stub = false;
  symbol innermost;
  for (std::size_t i = 0; i != stack.size() && stack[i] != nullptr; ++i) {
    symbol found = find_symbol(stack[i]);
    if (is_entry_of_runtime(found.mangled)) continue;
    if (innermost.module.empty()) innermost = found;
    if (!past_stub && !found.mangled.empty()) {
      past_stub = true;
      const std::string name = readable_name(found.mangled);
      // The entry that the generator has written, where it is not inlined.
      if (name != function && without_arguments(last_word(name)) == last_word(function)) continue;
    }
    return place_text(found);
  }
  return place_text(innermost);
}

bool first_report_of(std::uint32_t place) noexcept {
  place_list& all = all_places();
  const std::lock_guard lock(all.mutex);
  if (place > all.reported.size() || all.reported[place - 1]) return false;
  all.reported[place - 1] = true;
  return true;
}

}  // namespace smartasync::detail
