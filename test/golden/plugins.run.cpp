// SPDX-License-Identifier: MIT
#include "golden/plugins.smart.hpp"

#include <smartasync/smartasync.hpp>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "golden/check.hpp"

namespace {

// One whose calls block.
class disk : public smartasync::blocking<golden::Store> {
 public:
  using blocking::blocking;
  std::string load(smartasync::sync_t, std::string_view key) override {
    thread = std::this_thread::get_id();
    if (key == "bad") throw std::runtime_error("no such key");
    return std::string(key) + ":" + text;
  }
  void save(smartasync::sync_t, std::string, const std::string& what) override { text = what; }
  std::string& edit(smartasync::sync_t) override { return text; }

  std::string text;
  std::thread::id thread;
};

smartasync::task<void> on_a_loop() {
  golden::Memory memory("memory");
  disk blocking("disk");
  const std::vector<golden::Store*> stores{&memory, &blocking};
  for (golden::Store* each : stores) {
    co_await smartasync::ref(*each).save("key", std::string("a text of more than a few letters"));
  }
  golden::Store& first = memory;
  golden::Store& second = blocking;
  CHECK(co_await smartasync::ref(first).load("k") == "k=a text of more than a few letters");
  CHECK(co_await smartasync::ref(second).load("k") == "k:a text of more than a few letters");
  CHECK(blocking.thread != std::this_thread::get_id());
  std::string& edited = co_await smartasync::ref(second).edit();
  CHECK(&edited == &blocking.text);
  bool failed = false;
  try {
    co_await smartasync::ref(second).load("bad");
  } catch (const std::runtime_error&) {
    failed = true;
  }
  CHECK(failed);
}

}  // namespace

int main() {
  disk blocking("disk");
  golden::Store& store = blocking;
  smartasync::ref(store).save("key", "text").get();
  CHECK(smartasync::ref(store).load("k") == "k:text");
  CHECK(smartasync::ref(store).name() == "disk");
  smartasync::run(on_a_loop());
  return golden::ended_after(7);
}
