// SPDX-License-Identifier: MIT
#include "golden/template_kept.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

// Memory of the same size, taken by other texts.
void reuse_memory() {
  std::vector<std::string> others;
  for (int i = 0; i < 16; ++i) others.emplace_back("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
}

smartasync::task<void> on_a_loop() {
  const std::string expected("a text that is long enough to be on the heap");
  auto viewed = [&] {
    const std::string temporary(expected);
    return g::text_of(smartasync::async, std::string_view(temporary));
  }();
  reuse_memory();
  CHECK(co_await std::move(viewed) == expected);
  auto copied = g::size_of(smartasync::async, std::string(expected));
  CHECK(co_await std::move(copied) == expected.size());
  const std::string& found = co_await g::same(expected);
  CHECK(&found == &expected);
  auto text = [&] {
    const std::string temporary(expected);
    return g::owned(smartasync::async, temporary.c_str(), std::string("!"));
  }();
  reuse_memory();
  CHECK(co_await std::move(text) == expected + "!");
  const void* place = co_await g::place(expected);
  CHECK(place == &expected);
}

}  // namespace

int main() {
  const std::string text("text");
  CHECK(g::text_of(std::string_view(text)) == "text");
  CHECK(&g::same(smartasync::sync, text) == &text);
  smartasync::run(on_a_loop());
  return golden::ended_after(7);
}
