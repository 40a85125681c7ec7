// SPDX-License-Identifier: MIT
#include <fetch/page_store.smart.hpp>

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <stdlib.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <smartasync/smartasync.hpp>

namespace {

using namespace std::chrono_literals;

/// A folder for one test.
class page_store : public testing::Test {
 protected:
  page_store() {
    std::string name = testing::TempDir() + "page_store.XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~page_store() override { std::filesystem::remove_all(folder_); }

  std::string file() const { return folder_ / "pages.db"; }

 private:
  std::filesystem::path folder_;
};

/// Another user of the database, who holds its lock.
class lock {
 public:
  explicit lock(const std::string& file) {
    EXPECT_EQ(sqlite3_open(file.c_str(), &database_), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  }
  lock(const lock&) = delete;
  ~lock() { sqlite3_close(database_); }

 private:
  sqlite3* database_ = nullptr;
};

const fetch::page front{"http://shop.example/", 200, std::string("text\0more", 9)};

TEST_F(page_store, finds_what_was_saved) {
  fetch::smart::page_store store(file());
  store.save(front);
  std::optional<fetch::page> found = store.find(front.url);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->url, front.url);
  EXPECT_EQ(found->status, 200);
  EXPECT_EQ(found->body, front.body);
  EXPECT_FALSE(*store.find("http://shop.example/other"));
}

TEST_F(page_store, keeps_one_page_for_each_url) {
  fetch::smart::page_store store(file());
  store.save(front);
  store.save(front);
  EXPECT_EQ(store.count(), 1u);
}

TEST_F(page_store, keeps_pages_in_its_file) {
  {
    fetch::smart::page_store store(file());
    store.save(front);
  }
  fetch::smart::page_store store(file());
  EXPECT_EQ(store.count(), 1u);
}

TEST_F(page_store, says_in_one_line_that_the_database_is_locked) {
  fetch::smart::page_store store(file());
  lock held(file());
  try {
    store.save(front);
    FAIL() << "saved past a lock";
  } catch (const fetch::store_error& error) {
    EXPECT_EQ(error.what(), file() + ": database is locked");
  }
}

TEST_F(page_store, says_in_one_line_that_there_is_no_such_folder) {
  std::string nowhere = file() + "/pages.db";
  EXPECT_THROW(fetch::smart::page_store{nowhere}, fetch::store_error);
}

TEST_F(page_store, serves_plain_threads_that_share_it) {
  fetch::smart::page_store store(file());
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < 25; ++i) {
          fetch::page page{std::to_string(t * 25 + i), 200, "text"};
          store.save(page);
        }
      });
    }
  }
  EXPECT_EQ(store.count(), 100u);
}

TEST_F(page_store, lets_the_loop_go_on_while_it_waits_for_a_lock) {
  fetch::smart::page_store store(file());
  lock held(file());
  bool is_saving = true;
  int ticks = 0;

  auto save = [&]() -> smartasync::task<bool> {
    bool failed = false;
    try {
      co_await store.save(front);
    } catch (const fetch::store_error&) {
      failed = true;
    }
    is_saving = false;
    co_return failed;
  };
  auto tick = [&]() -> smartasync::task<void> {
    while (is_saving) {
      co_await smartasync::sleep_for(1ms);
      ++ticks;
    }
  };
  auto both = [&] { return smartasync::when_all(save(), tick()); };

  auto [failed, ticked] = smartasync::run(both);
  EXPECT_TRUE(failed);
  EXPECT_GT(ticks, 10) << "in the quarter of a second that save() waited for the lock";
}

}  // namespace
