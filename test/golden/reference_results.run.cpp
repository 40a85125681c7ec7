// SPDX-License-Identifier: MIT
#include "golden/reference_results.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

smartasync::task<void> on_a_loop() {
  golden::smart::Names names;
  std::string& edited = co_await names.edit(1);
  edited = "one";
  const std::string& read = co_await names.read(1);
  CHECK(&read == &edited);
  const std::string& fetched = co_await names.fetch(1);
  CHECK(&fetched == &edited);
  CHECK(co_await names.find(2) == nullptr);
  const std::string a("a");
  const std::string b("bb");
  // The result points into the arguments, which are borrowed for it.
  const std::string& longest = co_await golden::smart::longer(a, b);
  CHECK(&longest == &b);
}

}  // namespace

int main() {
  golden::smart::Names names;
  names.edit(smartasync::sync, 1) = "one";
  std::string& edited = names.edit(1);
  CHECK(edited == "one");
  CHECK(names.read(1) == "one");
  const std::string* const found = names.find(1);
  CHECK(*found == "one");
  smartasync::run(on_a_loop());
  return golden::ended_after(7);
}
