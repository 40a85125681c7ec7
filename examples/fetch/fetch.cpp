// SPDX-License-Identifier: MIT
//
// fetch: gets the pages of a list, one after the other, and stores them. A plain program: no
// coroutine, no loop. crawl.cpp uses the same library with 64 pages at a time.

#include <fetch/http_client.smart.hpp>
#include <fetch/page_store.smart.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using clock = std::chrono::steady_clock;
using milliseconds = std::chrono::duration<double, std::milli>;

struct options {
  std::string database = "pages.db";
  std::vector<std::string> urls;
};

void read_list(const std::string& file, std::vector<std::string>& urls) {
  std::ifstream list(file);
  if (!list) throw std::runtime_error(file + ": cannot be read");
  for (std::string line; std::getline(list, line);) {
    if (!line.empty()) urls.push_back(line);
  }
}

/// Gives no URL where the arguments make no sense.
options parse(int argc, char** argv) {
  options chosen;
  for (int i = 1; i < argc; ++i) {
    std::string_view argument = argv[i];
    bool has_value = i + 1 < argc;
    if (argument == "--store" && has_value) {
      chosen.database = argv[++i];
    } else if (argument == "--from" && has_value) {
      read_list(argv[++i], chosen.urls);
    } else if (argument.starts_with("-")) {
      return {};
    } else {
      chosen.urls.emplace_back(argument);
    }
  }
  return chosen;
}

int complain(const std::exception& error) {
  std::fprintf(stderr, "fetch: %s\n", error.what());
  return 1;
}

int fetch_all(const options& chosen) {
  fetch::smart::http_client client;
  fetch::smart::page_store store(chosen.database);

  int width = 3;
  for (const std::string& url : chosen.urls) width = std::max(width, static_cast<int>(url.size()));
  std::printf("%-*s  status    bytes      ms\n", width, "url");

  int status = 0;
  for (const std::string& url : chosen.urls) {
    try {
      clock::time_point start = clock::now();
      fetch::page page = client.get(url);
      milliseconds taken = clock::now() - start;
      store.save(page);
      std::printf("%-*s  %6d %8zu %7.1f\n", width, url.c_str(), page.status, page.body.size(),
                  taken.count());
    } catch (const fetch::http_error& error) {
      status = complain(error);
    }
  }
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    options chosen = parse(argc, argv);
    if (chosen.urls.empty()) {
      std::fputs("usage: fetch [--store FILE] [--from LIST] URL...\n", stderr);
      return 2;
    }
    return fetch_all(chosen);
  } catch (const std::exception& error) {
    return complain(error);
  }
}
