// SPDX-License-Identifier: MIT
#include <SQLiteCpp/Database.smart.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Statement.smart.h>
#include <smartasync/smartasync.hpp>

#include <string>

#include "golden/check.hpp"

namespace {

using SQLite::smart::Database;
using SQLite::smart::Statement;

smartasync::task<void> on_a_loop() {
  Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  co_await database.exec("create table t(number integer)");
  for (int i = 1; i <= 3; ++i) {
    Statement insert(database, "insert into t values (?)");
    co_await insert.bind(1, i);
    CHECK(co_await insert.exec() == 1);
  }
  CHECK(co_await database.tableExists("t"));
  Statement query(database, "select sum(number) from t");
  CHECK(co_await query.executeStep());
  CHECK(query.getColumn(0).getInt() == 6);
  // What the library throws comes out of the await.
  bool failed = false;
  try {
    co_await database.exec("no such statement");
  } catch (const SQLite::Exception&) {
    failed = true;
  }
  CHECK(failed);
  // An object that someone else has made.
  SQLite::Database other(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  CHECK(co_await smartasync::ref(other).exec("create table u(word text)") == 0);
}

}  // namespace

int main() {
  Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  const int created = database.exec("create table t(number integer)");
  CHECK(created == 0);
  const int rows = database.exec("insert into t values (1), (2)");
  CHECK(rows == 2);
  const bool exists = database.tableExists("t");
  CHECK(exists);
  smartasync::run(on_a_loop());
  return golden::ended_after(11);
}
