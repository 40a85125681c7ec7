// SPDX-License-Identifier: MIT
#include <iostream>
#include <smartasync/smartasync.hpp>

#include "weather/station.smart.hpp"  // written by smartasync-gen

smartasync::task<void> report(weather::smart::station& station) {
  // In a coroutine the same calls are awaited; temperature() runs on a thread of its own meanwhile.
  auto [forecast, degrees] =
      co_await smartasync::when_all(station.forecast(3), station.temperature());
  std::cout << forecast << ", now " << degrees << " degrees\n";
}

int main() {
  weather::smart::station station("Delft");

  // Here no loop runs: each call gives its value.
  const std::string forecast = station.forecast(3);
  const double degrees = station.temperature();
  std::cout << forecast << ", now " << degrees << " degrees\n";

  smartasync::run(report(station));
}
