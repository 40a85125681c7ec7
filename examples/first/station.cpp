// SPDX-License-Identifier: MIT
#include "weather/station.hpp"

#include <chrono>
#include <smartasync/sleep.hpp>
#include <thread>
#include <utility>

namespace weather {

using namespace std::chrono_literals;

station::station(std::string place) : place_(std::move(place)) {}

smartasync::task<std::string> station::forecast(int days) {
  co_await smartasync::sleep_for(100ms);
  co_return place_ + ", in " + std::to_string(days) + " days: sunny";
}

double station::temperature() const {
  std::this_thread::sleep_for(100ms);
  return 21.5;
}

}  // namespace weather
