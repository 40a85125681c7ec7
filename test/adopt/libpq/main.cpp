// SPDX-License-Identifier: MIT
#include <libpq-fe.smart.h>
#include <smartasync/smartasync.hpp>

#include <string>

#include "golden/check.hpp"

namespace {

// No server is needed to show the entries: a connection that is refused is one that was tried.
constexpr const char* nowhere = "host=127.0.0.1 port=1 connect_timeout=2";

smartasync::task<void> on_a_loop() {
  PGconn* connection = co_await smart::PQconnectdb(nowhere);
  CHECK(connection != nullptr);
  CHECK(co_await smart::PQstatus(connection) == CONNECTION_BAD);
  const char* message = co_await smart::PQerrorMessage(connection);
  CHECK(std::string(message).find("127.0.0.1") != std::string::npos);
  co_await smart::PQfinish(connection);
  CHECK(co_await smart::PQlibVersion() >= 90000);
}

}  // namespace

int main() {
  PGconn* connection = smart::PQconnectdb(nowhere);
  CHECK(smart::PQstatus(connection) == CONNECTION_BAD);
  smart::PQfinish(smartasync::sync, connection);
  CHECK(smart::PQlibVersion() == PQlibVersion());
  smartasync::run(on_a_loop());
  return golden::ended_after(6);
}
