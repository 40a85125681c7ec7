// SPDX-License-Identifier: MIT
#include "golden/facade.smart.hpp"

#include <smartasync/smartasync.hpp>

#include <type_traits>
#include <vector>

#include "golden/check.hpp"

namespace {

namespace smart = golden::smart;

static_assert(sizeof(smart::Session) == sizeof(golden::Session));
static_assert(std::is_move_constructible_v<smart::Session>);
static_assert(!std::is_default_constructible_v<smart::Session>);
static_assert(std::is_default_constructible_v<smart::Box> && std::is_copy_constructible_v<smart::Box>);
static_assert(!std::is_constructible_v<smart::Pinned, golden::Pinned>);
static_assert(!std::is_convertible_v<golden::Session, smart::Session>);
static_assert(std::is_base_of_v<golden::Box, smart::Bigger>);

smartasync::task<void> inside() {
  smart::Session session(golden::Session::open("host"));
  CHECK(co_await session.ask("a") == "host/a");
  CHECK(co_await session.host() == "host");
  CHECK(session.plain() == 1);

  // Calls that borrow the object alone can be started by the dozen.
  std::vector<decltype(session.ask(""))> calls;
  for (int i = 0; i < 20; ++i) calls.push_back(session.ask(std::to_string(i)));
  const std::vector<std::string> answers = co_await smartasync::when_all(std::move(calls));
  CHECK(answers.size() == 20 && answers.back() == "host/19");

  golden::Session existing = golden::Session::open("other");
  CHECK(co_await smartasync::ref(existing).ask("b") == "other/b");
  const golden::Session& constant = existing;
  CHECK(co_await smartasync::ref(constant).host() == "other");

  smart::Pinned pinned(3);
  CHECK(co_await pinned.number() == 3);
  golden::Biggest biggest(1, 2);
  CHECK(co_await smartasync::ref(biggest).bigger() == 4);
  CHECK(co_await smartasync::ref(biggest).sum() == 3);
}

}  // namespace

int main() {
  smart::Session session(golden::Session::open("host"));
  CHECK(session.ask("a") == "host/a");
  CHECK(session.host() == "host");
  golden::Session& base = session;
  CHECK(smartasync::ref(base).ask("c") == "host/c");
  CHECK(smartasync::ref(session).ask("d") == "host/d");

  CHECK(smart::Box().sum() == 0);
  CHECK(smart::Box(1, 2).sum() == 3);
  smart::Pair pair;
  pair.b = 5;
  CHECK(pair.product() == 5);
  CHECK(smart::Pair(golden::Pair{3, 4}).product() == 12);
  CHECK(smart::Pinned(3).number() == 3);
  CHECK(smart::Bigger(1, 2).bigger() == 4);
  CHECK(smart::Bigger(1, 2).sum() == 3);
  smartasync::run(inside());
  return golden::ended_after(20);
}
