// SPDX-License-Identifier: MIT
#include <sqlite3.smart.h>
#include <smartasync/smartasync.hpp>

#include <string>
#include <thread>

#include "golden/check.hpp"

namespace {

// What a query has seen, and on which thread it was called back.
struct rows {
  std::string text;
  std::thread::id thread;
};

int collect(void* to, int count, char** values, char**) {
  auto& seen = *static_cast<rows*>(to);
  for (int i = 0; i < count; ++i) seen.text += values[i];
  seen.thread = std::this_thread::get_id();
  return 0;
}

constexpr const char* script =
    "create table t(word text); insert into t values ('on'), ('off'); select word from t";

smartasync::task<void> on_a_loop() {
  sqlite3* database = nullptr;
  CHECK(co_await smart::sqlite3_open(":memory:", &database) == SQLITE_OK);
  rows seen;
  CHECK(co_await smart::sqlite3_exec(database, script, collect, &seen, nullptr) == SQLITE_OK);
  CHECK(seen.text == "onoff");
  CHECK(seen.thread != std::this_thread::get_id());
  sqlite3_stmt* statement = nullptr;
  CHECK(co_await smart::sqlite3_prepare_v2(database, "select 42", -1, &statement, nullptr) ==
        SQLITE_OK);
  CHECK(co_await smart::sqlite3_step(statement) == SQLITE_ROW);
  CHECK(sqlite3_column_int(statement, 0) == 42);
  CHECK(co_await smart::sqlite3_finalize(statement) == SQLITE_OK);
  CHECK(co_await smart::sqlite3_close(database) == SQLITE_OK);
}

}  // namespace

int main() {
  sqlite3* database = nullptr;
  CHECK(smart::sqlite3_open(":memory:", &database) == SQLITE_OK);
  rows seen;
  CHECK(smart::sqlite3_exec(database, script, collect, &seen, nullptr) == SQLITE_OK);
  CHECK(seen.text == "onoff");
  CHECK(seen.thread == std::this_thread::get_id());
  CHECK(smart::sqlite3_close(smartasync::sync, database) == SQLITE_OK);
  smartasync::run(on_a_loop());
  return golden::ended_after(14);
}
