// SPDX-License-Identifier: MIT
#include <fetch/links.hpp>

#include <gtest/gtest.h>

namespace {

std::vector<std::string> links(const std::string& body) {
  fetch::page page{"http://shop.example/list/all?page=1", 200, body};
  return fetch::links_on(page);
}

using urls = std::vector<std::string>;

TEST(links_on, resolves_relative_links) {
  EXPECT_EQ(links(R"(<a href="next"> <a href="/top"> <a href="?page=2">)"),
            (urls{"http://shop.example/list/next", "http://shop.example/top",
                  "http://shop.example/list/all?page=2"}));
}

TEST(links_on, keeps_to_the_host) {
  EXPECT_EQ(links(R"(<a href="http://other.example/"> <a href="http://shop.example:81/">
                     <a href="https://shop.example/"> <a href="mailto:shop@shop.example">
                     <a href="http://shop.example:80/in">)"),
            (urls{"http://shop.example:80/in"}));
}

TEST(links_on, drops_fragments) {
  EXPECT_EQ(links(R"(<a href="/page#end">)"), (urls{"http://shop.example/page"}));
}

TEST(links_on, survives_a_text_that_ends_early) {
  EXPECT_TRUE(links(R"(<a href="/page)").empty());
  EXPECT_TRUE(links("<a href=").empty());
}

}  // namespace
