// SPDX-License-Identifier: MIT
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <unordered_map>

#include <fetch/http_client.hpp>
#include <smartasync/event_loop.hpp>
#include <smartasync/task.hpp>

namespace fetch {

/// engine has an event loop drive all transfers of a client. curl says for which sockets and for
/// which moment it waits; a coroutine waits for each, and tells curl when it has come.
///
/// Thread safety: belongs to the thread of one loop, the first that asks for multi().
class http_client::engine {
 public:
  engine();
  ~engine();
  engine(const engine&) = delete;
  engine& operator=(const engine&) = delete;

  /// multi() gives what transfers are added to. Throws smartasync::wrong_loop_error on another loop
  /// than before.
  CURLM* multi();

  /// retire() ends the engine on its loop's thread, where a coroutine may be about to use it.
  static void retire(std::shared_ptr<engine> retired);

 private:
  struct cleanup {
    void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
  };

  /// What curl waits for; destroyed, it stops the coroutines that wait in curl's place.
  class interest {
   public:
    interest() = default;
    interest(const interest&) = delete;
    ~interest() { stop_.request_stop(); }
    std::stop_token token() const { return stop_.get_token(); }

   private:
    std::stop_source stop_;
  };

  // Called by curl.
  static int on_socket(CURL*, curl_socket_t socket, int wanted, void* self, void*);
  static int on_timer(CURLM*, long milliseconds, void* self);

  // Each ends when its interest has gone, and the engine may have gone with it.
  smartasync::task<void> wait_to_read(curl_socket_t socket, std::stop_token stop);
  smartasync::task<void> wait_to_write(curl_socket_t socket, std::stop_token stop);
  smartasync::task<void> wait_until_due(std::chrono::milliseconds delay, std::stop_token stop);

  /// act() lets curl go on with what has come, and finishes the transfers that are complete.
  void act(curl_socket_t socket, int events);

  smartasync::event_loop* loop_ = nullptr;
  std::unique_ptr<CURLM, cleanup> multi_;
  std::unordered_map<curl_socket_t, interest> sockets_;
  std::optional<interest> timer_;
};

}  // namespace fetch
