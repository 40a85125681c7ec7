// SPDX-License-Identifier: MIT
#pragma once

// Chains of sync and async functions, put together at run time of links of every kind, and what the
// table of nesting and the rule of lanes say of each: for the tests that go through all of them.

#include <pthread.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "smartasync/debug.hpp"
#include "smartasync/entry.hpp"
#include "smartasync/executor.hpp"
#include "smartasync/run.hpp"

namespace nesting_chain {

using smartasync::call_kind;
using smartasync::task;

// The kinds of link: async, or sync on a pool of one thread, on the serial executor, on the loop's
// thread.
constexpr std::string_view kinds = "apsi";

constexpr const char* executor_of(char kind) {
  return kind == 'p' ? "nesting" : kind == 's' ? "serial" : "inline";
}

struct chain_link {
  char kind;
  char lane;  ///< '1' or '2': of that object; '-': in none.

  [[nodiscard]] std::string function() const {
    return std::string(lane == '-' ? "free_" : "room::") + kind + "()";
  }
};
using row = std::vector<chain_link>;

inline std::string name_of(const row& links) {
  std::string name;
  for (const chain_link& each : links) name.append({each.kind, each.lane, ' '});
  return name;
}

/// "f() -> g()", the links from the first to the last.
inline std::string calls_of(const row& links, std::size_t first, std::size_t last) {
  std::string calls = links[first].function();
  for (std::size_t i = first + 1; i <= last; ++i) calls += " -> " + links[i].function();
  return calls;
}

/// The objects whose lanes the links go through.
struct room {};
inline std::array<room, 2> rooms;

/// A chain on its way. One thread at a time is in it.
struct ride {
  const row& links;
  std::function<void()> in_first = [] {};  ///< Called in the first link.
  std::thread::id begun_on = std::this_thread::get_id();
  std::string threads = {};  ///< Of each link that was called, its own thread: 'm' for this one.

  void note_link() {
    const bool is_first = threads.empty();
    threads += thread_here();
    if (is_first) in_first();
  }

 private:
  [[nodiscard]] char thread_here() const {
    if (std::this_thread::get_id() == begun_on) return 'm';
    char name[16] = {};
    pthread_getname_np(pthread_self(), name, sizeof name);
    return std::strcmp(name, "sa:nesting") == 0  ? 'p'
           : std::strcmp(name, "sa:serial") == 0 ? 's'
                                                 : '?';
  }
};

/// A link of a chain on its way.
struct stop {
  ride* of;
  std::size_t at;

  [[nodiscard]] bool is_last() const { return at + 1 == of->links.size(); }
  [[nodiscard]] stop next() const { return {of, at + 1}; }
};

int call_stub(stop here);
task<int> await_stub(stop here);

inline int blocking_link(stop here) {
  here.of->note_link();
  return here.is_last() ? 1 : 1 + call_stub(here.next());
}

inline task<int> awaiting_link(stop here) {
  if (!smartasync::in_async_context()) co_return -100;
  here.of->note_link();
  if (here.is_last()) co_return 1;
  co_return 1 + co_await await_stub(here.next());
}

template <char Kind>
struct function {
  static constexpr call_kind kind = Kind == 'a' ? call_kind::async : call_kind::sync;
  using result = int;

 protected:
  static auto invoke_link(stop here) {
    if constexpr (kind == call_kind::async) {
      return awaiting_link(here);
    } else {
      return blocking_link(here);
    }
  }
};

/// A free function, as smartasync-gen writes it.
template <char Kind>
struct free_function : function<Kind> {
  static constexpr std::array name{'f', 'r', 'e', 'e', '_', Kind, '\0'};
  static constexpr smartasync::site site{.function = name.data(), .executor = executor_of(Kind)};
  using arguments = smartasync::keep<smartasync::moved<stop>>;
  static auto invoke(stop here) { return function<Kind>::invoke_link(here); }
};

/// A method of a room, which goes through the room's lane.
template <char Kind>
struct method : function<Kind> {
  static constexpr std::array name{'r', 'o', 'o', 'm', ':', ':', Kind, '\0'};
  static constexpr smartasync::site site{
      .function = name.data(), .executor = executor_of(Kind), .serial = true};
  using object = room;
  using arguments = smartasync::keep<smartasync::borrowed<room&>, smartasync::moved<stop>>;
  static auto invoke(room& /*self*/, stop here) { return function<Kind>::invoke_link(here); }
};

/// Gives `with` what the stub of a link returns.
template <char Kind, class F>
auto dispatch_to(stop here, F with) {
  const char lane = here.of->links[here.at].lane;
  if (lane == '-') return with(smartasync::dispatch<free_function<Kind>>(std::move(here)));
  return with(smartasync::dispatch<method<Kind>>(rooms[lane == '1' ? 0 : 1], std::move(here)));
}

template <class F>
auto dispatch_to_link(stop here, F with) {
  switch (here.of->links[here.at].kind) {
    case 'a':
      return dispatch_to<'a'>(here, with);
    case 'p':
      return dispatch_to<'p'>(here, with);
    case 's':
      return dispatch_to<'s'>(here, with);
    default:
      return dispatch_to<'i'>(here, with);
  }
}

inline int call_stub(stop here) {
  return dispatch_to_link(here, [](auto made) -> int { return std::move(made); });
}

inline task<int> await_stub(stop here) {
  return dispatch_to_link(here, [](auto made) -> task<int> { co_return co_await std::move(made); });
}

/// Calls the whole chain, in a coroutine on a loop or from a plain thread.
inline int take(ride& whole, bool on_loop) {
  return on_loop ? smartasync::run([&] { return await_stub({&whole, 0}); })
                 : call_stub({&whole, 0});
}

/// How a chain goes.
struct journey {
  std::string threads;  ///< Of each link that is called.
  std::string error;    ///< For the link after these; empty where there is none.

  bool operator==(const journey&) const = default;
  friend std::ostream& operator<<(std::ostream& out, const journey& j) {
    return out << j.threads << ' ' << j.error;
  }
};

inline std::string blocking_text(const chain_link& refused) {
  return "Cannot call " + refused.function() +
         " synchronously from within an async context. Use 'co_await' instead.";
}

inline std::string reentry_text(const row& links, std::size_t holder, std::size_t refused) {
  return "Cannot call " + links[refused].function() +
         ": the chain of calls that it belongs to is already inside the same serial lane, and "
         "would wait for itself: " +
         calls_of(links, holder, refused) + ".";
}

/// What a chain must do that is alone, worked out from the contract.
inline journey expected(const row& links, bool on_loop) {
  enum { plain, loop, worker, blocked_loop } where = on_loop ? loop : plain;
  char thread = 'm';
  journey goes;
  for (std::size_t i = 0; i != links.size(); ++i) {
    const chain_link& each = links[i];
    if (where == blocked_loop) {
      goes.error = blocking_text(each);
      return goes;
    }
    for (std::size_t holder = 0; each.lane != '-' && holder != i; ++holder) {
      if (links[holder].lane != each.lane) continue;
      goes.error = reentry_text(links, holder, i);
      return goes;
    }
    if (each.kind == 'a') {
      where = loop;  // this thread's own, or the home loop
      thread = 'm';
    } else if (where == loop) {
      where = each.kind == 'i' ? blocked_loop : worker;
      thread = each.kind == 'i' ? 'm' : each.kind;
    }
    goes.threads += thread;
  }
  return goes;
}

/// What is on its way now, for the alarm.
inline std::string on_its_way;

/// While it lives, a chain that hangs ends the program and is named.
class hang_alarm {
 public:
  hang_alarm() {
    std::signal(SIGALRM, [](int) {
      write_out("this hangs: ");
      write_out(on_its_way);
      write_out("\n");
      _exit(1);
    });
    alarm(240);
  }
  ~hang_alarm() { alarm(0); }
  hang_alarm(const hang_alarm&) = delete;
  hang_alarm& operator=(const hang_alarm&) = delete;

 private:
  static void write_out(std::string_view text) {
    static_cast<void>(!write(STDERR_FILENO, text.data(), text.size()));
  }
};

/// In debug mode all that goes well is reported as well: a hundred thousand lines.
inline void keep_reports_quiet() {
  smartasync::set_debug_sink([](std::string_view) noexcept {});
}

}  // namespace nesting_chain
