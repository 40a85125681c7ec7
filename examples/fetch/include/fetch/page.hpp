// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace fetch {

/// page is what a URL gave.
struct page {
  std::string url;
  int status = 0;  ///< of HTTP
  std::string body;
};

}  // namespace fetch
