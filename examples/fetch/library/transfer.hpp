// SPDX-License-Identifier: MIT
#pragma once

#include <curl/curl.h>

#include <coroutine>
#include <memory>
#include <string>

#include <fetch/http_client.hpp>

namespace fetch {

/// transfer is one URL on its way. Awaited, it gives the page or throws http_error; cancelled, it
/// throws smartasync::cancelled_error. Destroyed, it is gone from the engine, with its connection
/// where the answer was not complete.
class transfer {
 public:
  transfer(CURLM* multi, std::string url);
  ~transfer();
  transfer(const transfer&) = delete;
  transfer& operator=(const transfer&) = delete;

  /// cancel() gives the transfer up.
  void cancel() noexcept;

  /// finish() is told by curl how the transfer has ended.
  static void finish(CURL* easy, CURLcode result) noexcept;

  bool await_ready() const noexcept { return has_ended_; }
  void await_suspend(std::coroutine_handle<> waiting) noexcept { waiting_ = waiting; }
  page await_resume();

 private:
  struct cleanup {
    void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
  };

  static std::size_t append(const char* bytes, std::size_t, std::size_t size, void* self);
  void end() noexcept;
  std::string reason() const;

  CURLM* multi_;
  std::unique_ptr<CURL, cleanup> easy_;
  page page_;
  CURLcode result_ = CURLE_OK;
  bool is_cancelled_ = false;
  bool has_ended_ = false;
  std::coroutine_handle<> waiting_;
};

}  // namespace fetch
