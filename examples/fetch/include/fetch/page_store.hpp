// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string_view>

#include <fetch/page.hpp>

struct sqlite3;

namespace fetch {

/// store_error says in one line what the database would not do.
class store_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// page_store keeps pages in an SQLite database, one for each URL. All of it blocks: coroutines
/// have it run on the executor "db", which is one thread.
///
/// Thread safety: all functions may be called from any thread. Each is one transaction, so that
/// whatever ends the process leaves whole pages behind. A database that another process keeps
/// locked for longer than a quarter of a second is a store_error.
class page_store {
 public:
  /// Opens the database, which is created where there is none.
  explicit page_store(std::filesystem::path file);

  /// save() stores a page in place of the one that had its URL.
  [[smartasync(executor = "db")]] void save(const page& saved);

  /// find() gives the page stored for `url`, if there is one.
  [[smartasync(executor = "db")]] std::optional<page> find(std::string_view url) const;

  /// count() says how many pages are stored.
  [[smartasync(executor = "db")]] std::size_t count() const;

 private:
  class statement;
  struct close {
    void operator()(sqlite3* database) const noexcept;
  };

  std::filesystem::path file_;
  std::unique_ptr<sqlite3, close> database_;
};

}  // namespace fetch
