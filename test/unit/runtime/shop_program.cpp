// SPDX-License-Identifier: MIT
// What debug mode and the trace say of a small program: shop_program_test.py runs it and compares
// with shop_program.expected.txt, and docs/runtime.md shows both.
#include <chrono>
#include <string>
#include <thread>

#include "smartasync/smartasync.hpp"

// As smartasync-gen writes it for three annotated functions.
namespace shop {
namespace objects {

/// int query(std::string sql), executor = "db"
struct query {
  static constexpr smartasync::site site{.function = "shop::query", .executor = "db"};
  static constexpr smartasync::call_kind kind = smartasync::call_kind::sync;
  using result = int;
  using arguments = smartasync::keep<smartasync::moved<std::string>>;
  static int invoke(std::string sql);
};

/// task<int> fetch(std::string path)
struct fetch {
  static constexpr smartasync::site site{.function = "shop::fetch"};
  static constexpr smartasync::call_kind kind = smartasync::call_kind::async;
  using result = int;
  using arguments = smartasync::keep<smartasync::moved<std::string>>;
  static smartasync::task<int> invoke(std::string path);
};

/// task<int> parse(int size)
struct parse {
  static constexpr smartasync::site site{.function = "shop::parse"};
  static constexpr smartasync::call_kind kind = smartasync::call_kind::async;
  using result = int;
  using arguments = smartasync::keep<smartasync::moved<int>>;
  static smartasync::task<int> invoke(int size);
};

}  // namespace objects

namespace smart {

inline smartasync::call<int, objects::query> query(std::string sql) {
  return smartasync::dispatch<objects::query>(std::move(sql));
}
inline smartasync::call<int, objects::fetch> fetch(std::string path) {
  return smartasync::dispatch<objects::fetch>(std::move(path));
}
inline smartasync::call<int, objects::parse> parse(int size) {
  return smartasync::dispatch<objects::parse>(size);
}

}  // namespace smart

// The author's functions.
int query(std::string sql) {
  // What a signal would print in the midst of it.
  smartasync::dump_tasks();
  return static_cast<int>(sql.size());
}

smartasync::task<int> fetch(std::string path) {
  co_await smartasync::sleep_for(std::chrono::hours(1));
  co_return static_cast<int>(path.size());
}

smartasync::task<int> parse(int size) {
  // Holds the loop; it should be offloaded.
  std::this_thread::sleep_for(std::chrono::milliseconds(120));
  co_return size;
}

int objects::query::invoke(std::string sql) { return shop::query(std::move(sql)); }
smartasync::task<int> objects::fetch::invoke(std::string path) {
  return shop::fetch(std::move(path));
}
smartasync::task<int> objects::parse::invoke(int size) { return shop::parse(size); }

}  // namespace shop

// A user's.
smartasync::task<int> first_answer() {
  const auto first =
      co_await smartasync::when_any(shop::smart::fetch("/prices"), shop::smart::query("select 1"));
  co_return static_cast<int>(first.index());
}

smartasync::task<void> refresh() { co_await first_answer(); }

smartasync::task<void> visit() {
  static_cast<void>(shop::smart::fetch("/"));  // The co_await is forgotten.
  co_await smartasync::with_timeout(std::chrono::hours(2), first_answer());
  co_await shop::smart::parse(100);
  smartasync::spawn(refresh());
}

int main() {
  smartasync::run(visit());
  static_cast<void>(shop::smart::query("select 2"));
}
