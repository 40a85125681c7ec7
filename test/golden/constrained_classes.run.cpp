// SPDX-License-Identifier: MIT
#include "golden/constrained_classes.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

template <class T>
concept counts = requires { typename golden::smart::Counter<T>; };
static_assert(counts<int> && !counts<double>);

smartasync::task<void> on_a_loop() {
  golden::smart::Counter<int> counter;
  CHECK(co_await counter.next() == 1);
  const golden::Holder<double> holder(1.5);
  CHECK(co_await smartasync::ref(holder).get() == 1.5);
}

}  // namespace

int main() {
  golden::smart::Counter<long> counter;
  CHECK(counter.next() == 1);
  golden::smart::Holder<std::string> holder("text");
  CHECK(holder.get() == "text");
  smartasync::run(on_a_loop());
  return golden::ended_after(4);
}
