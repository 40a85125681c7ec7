// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>
#include <string>

namespace weather {

/// station knows the weather of one place.
class station {
 public:
  explicit station(std::string place);

  /// forecast() asks a service that takes its time; written as a coroutine.
  [[smartasync]] smartasync::task<std::string> forecast(int days);

  /// temperature() reads a slow instrument; written as a plain function that blocks.
  [[smartasync]] double temperature() const;

 private:
  std::string place_;
};

}  // namespace weather
