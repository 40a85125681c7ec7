// SPDX-License-Identifier: MIT
#include "trace.hpp"

#include <pthread.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "environment.hpp"
#include "smartasync/detail/modes.hpp"
#include "smartasync/detail/thread_state.hpp"
#include "thread_label.hpp"
#include "trace_file.hpp"

namespace smartasync::detail {
namespace {

/// The events of one thread that are not in the file yet.
struct lane {
  std::mutex mutex;   // Its thread's, and at the end of the process that thread's.
  std::string text;   // Guarded by mutex.
  std::string where;  ///< `"pid":1,"tid":2`, the same for all of its events.
};

std::string place_here() {
  return "\"pid\":" + std::to_string(::getpid()) + ",\"tid\":" + std::to_string(this_thread_id());
}

class tracer {
 public:
  explicit tracer(const std::string& path) noexcept : file_(path) {}

  std::shared_ptr<lane> make_lane() {
    auto made = std::make_shared<lane>();
    const thread_label here = this_thread_label();
    made->where = place_here();
    made->text =
        ",\n{\"ph\":\"M\",\"name\":\"thread_name\"," + made->where + ",\"args\":{\"name\":";
    append_json_string(made->text, here.name.data());
    made->text += "}}";
    const std::lock_guard lock(mutex_);
    std::erase_if(lanes_, [](const std::weak_ptr<lane>& each) { return each.expired(); });
    lanes_.push_back(made);
    return made;
  }

  void add(lane& to, std::string_view event) {
    constexpr std::size_t most = std::size_t{64} * 1024;
    const std::lock_guard lock(to.mutex);
    to.text += event;
    if (to.text.size() > most || at_end_.load(std::memory_order_relaxed)) flush_locked(to);
  }

  /// Of a thread in its last destructors.
  void add_at_once(std::string_view event) noexcept { file_.append(event); }

  void flush(lane& from) noexcept {
    const std::lock_guard lock(from.mutex);
    flush_locked(from);
  }

  /// The process ends: what comes from now on goes to the file at once.
  void flush_all() noexcept {
    at_end_.store(true, std::memory_order_relaxed);
    const std::lock_guard lock(mutex_);
    for (const std::weak_ptr<lane>& each : lanes_) {
      if (const std::shared_ptr<lane> alive = each.lock()) flush(*alive);
    }
  }

 private:
  void flush_locked(lane& from) noexcept {
    file_.append(from.text);
    from.text.clear();
  }

  trace_file file_;
  std::mutex mutex_;
  std::vector<std::weak_ptr<lane>> lanes_;  // Guarded by mutex_.
  std::atomic<bool> at_end_{false};
};

/// Never destroyed, see at_end_. The child of a fork leaves the parent's and makes its own.
tracer* current_tracer = nullptr;
constinit std::atomic<std::uint64_t> last_id{0};

constinit thread_local bool lane_ended = false;

/// The lane of a thread, flushed at its end.
struct own_lane {
  ~own_lane() {
    if (its != nullptr) by->flush(*its);
    its = nullptr;
    plain_address(lane_ended) = true;
  }
  std::shared_ptr<lane> its;
  tracer* by = nullptr;
};
thread_local own_lane here;

/// Both sides of a fork would write to one file: the child has another, with its number behind.
void trace_in_child() noexcept try {
  own_lane& mine = plain_address(here);
  mine.its.reset();
  current_tracer =
      new tracer(std::string(environment("SMARTASYNC_TRACE")) + "." + std::to_string(::getpid()));
} catch (const std::exception&) {
  std::abort();
}

bool make_tracer() {
  current_tracer = new tracer(std::string(environment("SMARTASYNC_TRACE")));
  ::pthread_atfork(nullptr, nullptr, trace_in_child);
  std::atexit([] { current_tracer->flush_all(); });
  return true;
}

void add(std::string_view event) noexcept try {
  static const bool made = make_tracer();
  static_cast<void>(made);
  if (plain_address(lane_ended)) {
    current_tracer->add_at_once(",\n{" + std::string(event) + "," + place_here() + "}");
    return;
  }
  own_lane& mine = plain_address(here);
  if (mine.its == nullptr) {
    mine.its = current_tracer->make_lane();
    mine.by = current_tracer;
  }
  std::string whole = ",\n{";
  whole += event;
  whole += ',';
  whole += mine.its->where;
  whole += '}';
  current_tracer->add(*mine.its, whole);
} catch (const std::exception&) {
  // Without memory the event is lost.
}

/// In microseconds, as the format has it.
std::string time_text(trace_time::duration d) {
  const auto ns = std::chrono::duration_cast<std::chrono::nanoseconds>(d).count();
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%lld.%03lld", static_cast<long long>(ns / 1000),
                static_cast<long long>(ns % 1000));
  return text.data();
}

std::string begin_event(const char* phase, std::string_view name, const char* category,
                        trace_time when) {
  std::string event = "\"ph\":\"" + std::string(phase) + "\",\"name\":";
  append_json_string(event, name);
  event +=
      ",\"cat\":\"" + std::string(category) + "\",\"ts\":" + time_text(when.time_since_epoch());
  return event;
}

bool is_on() noexcept { return (modes() & mode_trace) != 0; }

void add_with_id(const char* phase, std::string_view name, const char* category, std::uint64_t id,
                 const char* more = "") noexcept try {
  add(begin_event(phase, name, category, std::chrono::steady_clock::now()) + more +
      ",\"id\":" + std::to_string(id));
} catch (const std::exception&) {
  // Without memory the event is lost.
}

}  // namespace

void trace_slice(std::string_view name, const char* category, trace_time begin,
                 trace_time end) noexcept {
  if (!is_on()) return;
  try {
    add(begin_event("X", name, category, begin) + ",\"dur\":" + time_text(end - begin));
  } catch (const std::exception&) {
    // Without memory the event is lost.
  }
}

std::uint64_t trace_flow_begin() noexcept {
  if (!is_on()) return 0;
  const std::uint64_t id = last_id.fetch_add(1, std::memory_order_relaxed) + 1;
  add_with_id("s", "offload", "offload", id);
  return id;
}

void trace_flow_end(std::uint64_t flow) noexcept {
  // Bound to the span that it ends in, not to the next one.
  if (flow != 0) add_with_id("f", "offload", "offload", flow, ",\"bp\":\"e\"");
}

std::uint64_t trace_begin(std::string_view name) noexcept {
  if (!is_on()) return 0;
  const std::uint64_t id = last_id.fetch_add(1, std::memory_order_relaxed) + 1;
  add_with_id("b", name, "call", id);
  return id;
}

void trace_end(std::uint64_t span, std::string_view name) noexcept {
  if (span != 0) add_with_id("e", name, "call", span);
}

}  // namespace smartasync::detail
