// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include <fetch/page.hpp>
#include <smartasync/task.hpp>

namespace fetch {

/// http_error says in one line why a URL gave no page.
class http_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// http_client gets pages over HTTP. All its transfers share one thread, that of the loop "net",
/// and the connections that are open already.
///
/// Thread safety: get() may be called from any thread, any number of times at once, through
/// fetch::smart::http_client. Every call must have ended before the client is destroyed.
class http_client {
 public:
  http_client();
  http_client(http_client&&) noexcept;
  ~http_client();

  /// get() gives the page at `url`, redirects followed. Throws http_error where that is no URL of
  /// http or https, where nobody answers within 30 seconds, and where the status is 400 or above.
  /// A cancelled get() closes its connection.
  [[smartasync(loop = "net")]] smartasync::task<page> get(std::string url);

 private:
  class engine;

  std::shared_ptr<engine> engine_;
};

}  // namespace fetch
