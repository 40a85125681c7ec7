// SPDX-License-Identifier: MIT
#include "transfer.hpp"

#include <new>
#include <system_error>
#include <utility>

#include <smartasync/errors.hpp>

namespace fetch {
namespace {

constexpr long timeout_in_seconds = 30;

}  // namespace

transfer::transfer(CURLM* multi, std::string url) : multi_(multi), easy_(curl_easy_init()) {
  if (!easy_) throw std::bad_alloc();
  page_.url = std::move(url);
  CURL* easy = easy_.get();
  curl_easy_setopt(easy, CURLOPT_URL, page_.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT, timeout_in_seconds);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &transfer::append);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
  if (curl_multi_add_handle(multi_, easy) != CURLM_OK) throw std::bad_alloc();
}

transfer::~transfer() {
  if (!has_ended_) curl_multi_remove_handle(multi_, easy_.get());
}

void transfer::cancel() noexcept {
  if (has_ended_) return;
  is_cancelled_ = true;
  end();
}

void transfer::finish(CURL* easy, CURLcode result) noexcept {
  char* self = nullptr;
  curl_easy_getinfo(easy, CURLINFO_PRIVATE, &self);
  auto* finished = reinterpret_cast<transfer*>(self);
  finished->result_ = result;
  finished->end();
}

void transfer::end() noexcept {
  has_ended_ = true;
  curl_multi_remove_handle(multi_, easy_.get());
  if (waiting_) waiting_.resume();
}

page transfer::await_resume() {
  if (is_cancelled_) throw smartasync::cancelled_error();
  if (result_ != CURLE_OK) throw http_error(page_.url + ": " + reason());
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status >= 400) throw http_error(page_.url + ": HTTP status " + std::to_string(status));
  page_.status = static_cast<int>(status);
  return std::move(page_);
}

std::size_t transfer::append(const char* bytes, std::size_t, std::size_t size, void* self) {
  static_cast<transfer*>(self)->page_.body.append(bytes, size);
  return size;
}

std::string transfer::reason() const {
  long system_error = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &system_error);
  if (result_ == CURLE_COULDNT_CONNECT && system_error != 0) {
    return std::generic_category().message(static_cast<int>(system_error));
  }
  return curl_easy_strerror(result_);
}

}  // namespace fetch
