// SPDX-License-Identifier: MIT
#include "engine.hpp"

#include <new>
#include <stdexcept>
#include <utility>

#include <smartasync/context.hpp>
#include <smartasync/errors.hpp>
#include <smartasync/sleep.hpp>
#include <smartasync/spawn.hpp>

#include "transfer.hpp"

namespace fetch {
namespace {

CURLM* make_multi() {
  static const CURLcode initialized = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (initialized != CURLE_OK) throw std::runtime_error(curl_easy_strerror(initialized));
  CURLM* made = curl_multi_init();
  if (made == nullptr) throw std::bad_alloc();
  return made;
}

}  // namespace

http_client::engine::engine() : multi_(make_multi()) {
  curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, &engine::on_socket);
  curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, &engine::on_timer);
  curl_multi_setopt(multi_.get(), CURLMOPT_TIMERDATA, this);
}

http_client::engine::~engine() {
  // curl goes on to say what it waits for while it closes its connections.
  curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, nullptr);
  curl_multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, nullptr);
}

CURLM* http_client::engine::multi() {
  smartasync::event_loop* here = smartasync::current_loop();
  if (loop_ == nullptr) loop_ = here;
  if (loop_ != here) throw smartasync::wrong_loop_error("a fetch::http_client serves one loop");
  return multi_.get();
}

void http_client::engine::retire(std::shared_ptr<engine> retired) {
  smartasync::event_loop* loop = retired->loop_;
  if (loop != nullptr) loop->post([retired = std::move(retired)] {});
}

int http_client::engine::on_socket(CURL*, curl_socket_t socket, int wanted, void* self, void*) {
  auto* engine = static_cast<http_client::engine*>(self);
  engine->sockets_.erase(socket);
  if (wanted == CURL_POLL_REMOVE) return 0;

  std::stop_token stop = engine->sockets_[socket].token();
  if (wanted & CURL_POLL_IN) smartasync::spawn(engine->wait_to_read(socket, stop), stop);
  if (wanted & CURL_POLL_OUT) smartasync::spawn(engine->wait_to_write(socket, stop), stop);
  return 0;
}

int http_client::engine::on_timer(CURLM*, long milliseconds, void* self) {
  auto* engine = static_cast<http_client::engine*>(self);
  engine->timer_.reset();
  if (milliseconds < 0) return 0;

  std::stop_token stop = engine->timer_.emplace().token();
  std::chrono::milliseconds delay(milliseconds);
  smartasync::spawn(engine->wait_until_due(delay, stop), stop);
  return 0;
}

smartasync::task<void> http_client::engine::wait_to_read(curl_socket_t socket,
                                                         std::stop_token stop) {
  while (!stop.stop_requested()) {
    co_await smartasync::readable(socket);
    if (!stop.stop_requested()) act(socket, CURL_CSELECT_IN);
  }
}

smartasync::task<void> http_client::engine::wait_to_write(curl_socket_t socket,
                                                          std::stop_token stop) {
  while (!stop.stop_requested()) {
    co_await smartasync::writable(socket);
    if (!stop.stop_requested()) act(socket, CURL_CSELECT_OUT);
  }
}

smartasync::task<void> http_client::engine::wait_until_due(std::chrono::milliseconds delay,
                                                           std::stop_token stop) {
  co_await smartasync::sleep_for(delay);
  if (!stop.stop_requested()) act(CURL_SOCKET_TIMEOUT, 0);
}

void http_client::engine::act(curl_socket_t socket, int events) {
  int running = 0;
  curl_multi_socket_action(multi_.get(), socket, events, &running);
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg == CURLMSG_DONE) transfer::finish(message->easy_handle, message->data.result);
  }
}

}  // namespace fetch
