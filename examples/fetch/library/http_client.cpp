// SPDX-License-Identifier: MIT
#include <fetch/http_client.hpp>

#include <stop_token>
#include <utility>

#include <smartasync/stop_token.hpp>

#include "engine.hpp"
#include "transfer.hpp"

namespace fetch {

http_client::http_client() : engine_(std::make_shared<engine>()) {}

http_client::http_client(http_client&&) noexcept = default;

http_client::~http_client() {
  if (engine_) engine::retire(std::move(engine_));
}

smartasync::task<page> http_client::get(std::string url) {
  transfer under_way(engine_->multi(), std::move(url));
  std::stop_callback on_stop(smartasync::current_stop_token(), [&] { under_way.cancel(); });
  co_return co_await under_way;
}

}  // namespace fetch
