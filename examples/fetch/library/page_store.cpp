// SPDX-License-Identifier: MIT
#include <fetch/page_store.hpp>

#include <sqlite3.h>

#include <chrono>
#include <string>
#include <utility>

#include <smartasync/executor.hpp>

namespace fetch {
namespace {

constexpr std::chrono::milliseconds busy_timeout(250);

// A write-ahead log lets others read while a page is written, and spares a sync for each page.
constexpr const char* schema =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = NORMAL;"
    "CREATE TABLE IF NOT EXISTS page (url TEXT PRIMARY KEY, status INTEGER, body BLOB)";

void check(int result, const std::filesystem::path& file) {
  if (result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE) return;
  throw store_error(file.string() + ": " + sqlite3_errstr(result));
}

// More threads than one would only wait for each other's locks.
void give_the_database_its_thread() {
  static const bool once = [] {
    smartasync::configure_executor("db", {.max_threads = 1});
    return true;
  }();
  static_cast<void>(once);
}

}  // namespace

/// statement is one SQL statement, its parameters bound in order.
class page_store::statement {
 public:
  statement(const page_store& store, const char* sql) : file_(store.file_) {
    check(sqlite3_prepare_v2(store.database_.get(), sql, -1, &statement_, nullptr), file_);
  }
  statement(const statement&) = delete;
  ~statement() { sqlite3_finalize(statement_); }

  void bind(std::string_view text) {
    check(sqlite3_bind_text64(statement_, ++bound_, text.data(), text.size(), SQLITE_STATIC,
                              SQLITE_UTF8),
          file_);
  }
  void bind(int number) { check(sqlite3_bind_int(statement_, ++bound_, number), file_); }

  /// step() goes to the next row, if there is one.
  bool step() {
    int result = sqlite3_step(statement_);
    check(result, file_);
    return result == SQLITE_ROW;
  }

  std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }

  std::string text(int column) const {
    const void* bytes = sqlite3_column_blob(statement_, column);
    auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return std::string(static_cast<const char*>(bytes), size);
  }

 private:
  const std::filesystem::path& file_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

void page_store::close::operator()(sqlite3* database) const noexcept { sqlite3_close(database); }

page_store::page_store(std::filesystem::path file) : file_(std::move(file)) {
  give_the_database_its_thread();
  sqlite3* opened = nullptr;
  // FULLMUTEX: the connection may be used from any thread.
  int result =
      sqlite3_open_v2(file_.c_str(), &opened,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, nullptr);
  database_.reset(opened);
  check(result, file_);
  sqlite3_busy_timeout(opened, static_cast<int>(busy_timeout.count()));
  check(sqlite3_exec(opened, schema, nullptr, nullptr, nullptr), file_);
}

void page_store::save(const page& saved) {
  statement replace(*this, "INSERT OR REPLACE INTO page VALUES (?, ?, ?)");
  replace.bind(saved.url);
  replace.bind(saved.status);
  replace.bind(saved.body);
  replace.step();
}

std::optional<page> page_store::find(std::string_view url) const {
  statement select(*this, "SELECT status, body FROM page WHERE url = ?");
  select.bind(url);
  if (!select.step()) return std::nullopt;
  return page{std::string(url), static_cast<int>(select.number(0)), select.text(1)};
}

std::size_t page_store::count() const {
  statement count(*this, "SELECT count(*) FROM page");
  count.step();
  return static_cast<std::size_t>(count.number(0));
}

}  // namespace fetch
