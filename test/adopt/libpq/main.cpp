// SPDX-License-Identifier: MIT
#include <libpq-fe.smart.h>
#include <smartasync/smartasync.hpp>

#include <string>

#include "golden/check.hpp"
#include "query_server.hpp"

namespace {

// Shows the entries without a server: a connection that is refused is one that was tried.
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

// With how to reach a server, it is queried as well.
int main(int count, char** arguments) {
  PGconn* connection = smart::PQconnectdb(nowhere);
  CHECK(smart::PQstatus(connection) == CONNECTION_BAD);
  smart::PQfinish(smartasync::sync, connection);
  CHECK(smart::PQlibVersion() == PQlibVersion());
  smartasync::run(on_a_loop());
  if (count == 1) return golden::ended_after(6);
  query_server(arguments[1]);
  return golden::ended_after(20);
}
