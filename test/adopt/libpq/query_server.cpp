// SPDX-License-Identifier: MIT
#include "query_server.hpp"

#include <libpq-fe.smart.h>
#include <smartasync/smartasync.hpp>

#include <memory>
#include <string>

#include "golden/check.hpp"

namespace {

struct cleared {
  void operator()(PGresult* result) const { PQclear(result); }
};
using result = std::unique_ptr<PGresult, cleared>;

std::string only_value(const result& of) { return PQgetvalue(of.get(), 0, 0); }

void on_this_thread(const char* where) {
  PGconn* connection = smart::PQconnectdb(where);
  CHECK(smart::PQstatus(connection) == CONNECTION_OK);
  const result sum{smart::PQexec(connection, "select 40 + 2")};
  CHECK(only_value(sum) == "42");
  const result made{
      smart::PQexec(smartasync::sync, connection, "create table plates (name text, state int)")};
  CHECK(PQresultStatus(made.get()) == PGRES_COMMAND_OK);
  smart::PQfinish(connection);
}

smartasync::task<void> insert(PGconn* connection, std::string name, std::string state) {
  const char* values[] = {name.c_str(), state.c_str()};
  const result inserted{co_await smart::PQexecParams(
      connection, "insert into plates values ($1, $2)", 2, nullptr, values, nullptr, nullptr, 0)};
  CHECK(PQresultStatus(inserted.get()) == PGRES_COMMAND_OK);
}

// The second connection waits within the server for what the first one holds: only a loop that is
// not blocked meanwhile comes to giving it back.
smartasync::task<void> wait_for_each_other(PGconn* first, PGconn* second) {
  const result held{co_await smart::PQexec(first, "select pg_advisory_lock(7)")};
  CHECK(PQresultStatus(held.get()) == PGRES_TUPLES_OK);
  const auto give_back = [](PGconn* connection) -> smartasync::task<std::string> {
    const result given{co_await smart::PQexec(connection, "select pg_advisory_unlock(7)")};
    co_return only_value(given);
  };
  auto [taken, given] = co_await smartasync::when_all(
      smart::PQexec(second, "select pg_advisory_lock(7)"), give_back(first));
  const result second_holds{taken};
  CHECK(PQresultStatus(second_holds.get()) == PGRES_TUPLES_OK);
  CHECK(given == "t");
}

smartasync::task<void> on_a_loop(const char* where) {
  auto [first, second] =
      co_await smartasync::when_all(smart::PQconnectdb(where), smart::PQconnectdb(where));
  CHECK(PQstatus(first) == CONNECTION_OK);
  CHECK(PQstatus(second) == CONNECTION_OK);

  co_await insert(first, "it's \"quoted\"", "7");
  co_await smartasync::when_all(insert(first, "left", "1"), insert(second, "right", "2"));
  const result total{co_await smart::PQexec(second, "select sum(state) from plates")};
  CHECK(only_value(total) == "10");

  const result refused{co_await smart::PQexec(second, "select nothing from nowhere")};
  CHECK(PQresultStatus(refused.get()) == PGRES_FATAL_ERROR);
  const std::string message = co_await smart::PQerrorMessage(second);
  CHECK(message.find("nowhere") != std::string::npos);

  co_await wait_for_each_other(first, second);
  co_await smart::PQfinish(first);
  co_await smart::PQfinish(second);
}

}  // namespace

void query_server(const char* where) {
  on_this_thread(where);
  smartasync::run(on_a_loop(where));
}
