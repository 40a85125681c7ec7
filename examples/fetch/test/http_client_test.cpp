// SPDX-License-Identifier: MIT
#include <fetch/http_client.smart.hpp>

#include <curl/curl.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <smartasync/smartasync.hpp>

namespace {

using namespace std::chrono_literals;

std::string site(const std::string& path) { return std::getenv("FETCH_SITE") + path; }
std::string page(int number) { return site("page/" + std::to_string(number)); }
std::string heading(int number) { return "<h1>Page " + std::to_string(number) + "</h1>"; }

bool shows(const fetch::page& got, int number) {
  return got.status == 200 && got.body.find(heading(number)) != std::string::npos;
}

/// What get() says of a URL that gives no page.
std::string complaint(const std::string& url) {
  fetch::smart::http_client client;
  try {
    client.get(url).get();
  } catch (const fetch::http_error& error) {
    return error.what();
  }
  return "";
}

TEST(http_client, gives_a_page_to_a_plain_caller) {
  fetch::smart::http_client client;
  fetch::page got = client.get(page(7));
  EXPECT_EQ(got.url, page(7));
  EXPECT_TRUE(shows(got, 7)) << got.body;
}

TEST(http_client, gives_a_page_to_a_coroutine) {
  fetch::smart::http_client client;
  auto visit = [&]() -> smartasync::task<fetch::page> { co_return co_await client.get(page(8)); };
  EXPECT_TRUE(shows(smartasync::run(visit), 8));
}

TEST(http_client, serves_plain_threads_that_share_it) {
  fetch::smart::http_client client;
  std::vector<int> right(8);
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < 25; ++i) {
          int number = t * 25 + i;
          fetch::page got = client.get(page(number));
          right[static_cast<std::size_t>(t)] += shows(got, number);
        }
      });
    }
  }
  EXPECT_EQ(right, std::vector<int>(8, 25));
}

TEST(http_client, serves_plain_threads_and_a_loop_at_once) {
  fetch::smart::http_client client;
  std::vector<fetch::page> plain;
  std::jthread thread([&] {
    for (int i = 0; i < 25; ++i) plain.push_back(client.get(page(i)));
  });
  auto visit = [&]() -> smartasync::task<int> {
    int right = 0;
    for (int i = 0; i < 25; ++i) {
      fetch::page got = co_await client.get(page(i));
      right += shows(got, i);
    }
    co_return right;
  };
  EXPECT_EQ(smartasync::run(visit), 25);
  thread.join();
  EXPECT_EQ(plain.size(), 25u);
}

TEST(http_client, has_many_transfers_under_way_at_once) {
  fetch::smart::http_client client;
  auto visit_all = [&]() -> smartasync::task<std::vector<fetch::page>> {
    smartasync::task_group<fetch::page> group;
    for (int i = 0; i < 200; ++i) group.spawn(client.get(page(i)));
    co_return co_await group.join();
  };
  std::vector<fetch::page> pages = smartasync::run(visit_all);
  ASSERT_EQ(pages.size(), 200u);
  for (int i = 0; i < 200; ++i) EXPECT_TRUE(shows(pages[static_cast<std::size_t>(i)], i)) << i;

  fetch::page most = client.get(site("idle"));
  EXPECT_GE(std::stoi(most.body), 50) << "of 200 transfers at once";
}

TEST(http_client, hangs_up_when_its_time_is_over) {
  fetch::smart::http_client client;
  auto wait = [&]() -> smartasync::task<void> {
    co_await smartasync::with_timeout(50ms, client.get(site("never")));
  };
  EXPECT_THROW(smartasync::run(wait), smartasync::timeout_error);
  // The site answers this one as soon as nobody waits for /never any more.
  EXPECT_EQ(client.get(site("idle"))->status, 200);
}

TEST(http_client, hangs_up_when_its_group_fails) {
  fetch::smart::http_client client;
  auto wait = [&]() -> smartasync::task<void> {
    co_await smartasync::when_all(client.get(site("never")), client.get(site("missing")));
  };
  EXPECT_THROW(smartasync::run(wait), fetch::http_error);
  EXPECT_EQ(client.get(site("idle"))->status, 200);
}

TEST(http_client, goes_on_after_a_cancelled_get) {
  fetch::smart::http_client client;
  auto wait = [&]() -> smartasync::task<fetch::page> {
    try {
      co_await smartasync::with_timeout(50ms, client.get(site("never")));
    } catch (const smartasync::timeout_error&) {
    }
    co_return co_await client.get(page(9));
  };
  EXPECT_TRUE(shows(smartasync::run(wait), 9));
}

TEST(http_client, says_in_one_line_what_is_wrong) {
  EXPECT_EQ(complaint("http://not a url"),
            std::string("http://not a url: ") + curl_easy_strerror(CURLE_URL_MALFORMAT));
  EXPECT_EQ(complaint("gopher://127.0.0.1/"), "gopher://127.0.0.1/: Unsupported protocol");
  EXPECT_EQ(complaint("http://127.0.0.1:1/"), "http://127.0.0.1:1/: Connection refused");
  EXPECT_EQ(complaint(site("missing")), site("missing") + ": HTTP status 404");
}

}  // namespace
