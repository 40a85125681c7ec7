// SPDX-License-Identifier: MIT
//
// crawl: follows the links of a host from one page on, 64 pages at a time, and stores what it finds
// while it looks for more. All of it is one loop on one thread; fetch.cpp uses the same library
// with neither.

#include <fetch/http_client.smart.hpp>
#include <fetch/links.hpp>
#include <fetch/page_store.smart.hpp>

#include <signal.h>

#include <chrono>
#include <cstdio>
#include <deque>
#include <exception>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <smartasync/smartasync.hpp>

#include "progress_bar.hpp"

namespace {

constexpr std::size_t pages_at_a_time = 64;

/// crawler visits every page of a host once.
class crawler {
 public:
  explicit crawler(const std::string& database) : store_(database) {}

  smartasync::task<void> crawl(std::string start) {
    smartasync::task_group<void> visits;
    discover(std::move(start));
    visit_more(visits);
    co_await visits.join();
  }

  std::size_t stored() const { return stored_; }
  std::size_t failed() const { return failed_; }

  /// Ends the progress bar, whichever way the crawl has ended.
  void finish() { progress_.clear(); }

 private:
  void discover(std::string url) {
    if (known_.insert(url).second) waiting_.push_back(std::move(url));
  }

  void visit_more(smartasync::task_group<void>& visits) {
    for (; under_way_ < pages_at_a_time && !waiting_.empty(); ++under_way_) {
      visits.spawn(visit(visits, std::move(waiting_.front())));
      waiting_.pop_front();
    }
  }

  smartasync::task<void> visit(smartasync::task_group<void>& visits, std::string url) {
    try {
      fetch::page page = co_await client_.get(url);
      for (std::string& link : fetch::links_on(page)) discover(std::move(link));
      co_await store_.save(page);
      ++stored_;
    } catch (const fetch::http_error& error) {
      ++failed_;
      progress_.clear();
      std::fprintf(stderr, "crawl: %s\n", error.what());
    }
    --under_way_;
    visit_more(visits);
    progress_.show(stored_, known_.size());
  }

  fetch::smart::http_client client_;
  fetch::smart::page_store store_;
  progress_bar progress_{"pages"};
  std::unordered_set<std::string> known_;
  std::deque<std::string> waiting_;
  std::size_t under_way_ = 0;
  std::size_t stored_ = 0;
  std::size_t failed_ = 0;
};

struct options {
  std::string database = "pages.db";
  std::string start;
};

/// Gives no URL where the arguments make no sense.
options parse(int argc, char** argv) {
  options chosen;
  for (int i = 1; i < argc; ++i) {
    std::string_view argument = argv[i];
    if (argument == "--store" && i + 1 < argc) {
      chosen.database = argv[++i];
    } else if (argument.starts_with("-")) {
      return {};
    } else {
      chosen.start = argument;
    }
  }
  return chosen;
}

int crawl(const options& chosen) {
  auto begin = std::chrono::steady_clock::now();
  crawler spider(chosen.database);
  bool interrupted = false;
  try {
    smartasync::run(spider.crawl(chosen.start), {.cancel_on_signals = {SIGINT}});
  } catch (const smartasync::cancelled_error&) {
    interrupted = true;
  }
  spider.finish();
  std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  std::printf("%s%zu pages stored in %.2f s\n", interrupted ? "interrupted: " : "", spider.stored(),
              taken.count());
  if (interrupted) return 128 + SIGINT;
  return spider.failed() == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    options chosen = parse(argc, argv);
    if (chosen.start.empty()) {
      std::fputs("usage: crawl [--store FILE] URL\n", stderr);
      return 2;
    }
    return crawl(chosen);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "crawl: %s\n", error.what());
    return 1;
  }
}
