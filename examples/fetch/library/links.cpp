// SPDX-License-Identifier: MIT
#include <fetch/links.hpp>

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace fetch {
namespace {

/// url is a URL in its parts.
class url {
 public:
  explicit url(const std::string& text) : handle_(curl_url(), &curl_url_cleanup) {
    curl_url_set(handle_.get(), CURLUPART_URL, text.c_str(), 0);
  }

  /// follow() gives what `href` means on the page at this URL, if it means anything.
  std::optional<url> follow(const std::string& href) const {
    url target(curl_url_dup(handle_.get()));
    if (curl_url_set(target.handle_.get(), CURLUPART_URL, href.c_str(), 0) != CURLUE_OK) {
      return std::nullopt;
    }
    curl_url_set(target.handle_.get(), CURLUPART_FRAGMENT, nullptr, 0);
    return target;
  }

  bool is_on_the_host_of(const url& other) const {
    return part(CURLUPART_SCHEME) == other.part(CURLUPART_SCHEME) &&
           part(CURLUPART_HOST) == other.part(CURLUPART_HOST) &&
           part(CURLUPART_PORT, CURLU_DEFAULT_PORT) ==
               other.part(CURLUPART_PORT, CURLU_DEFAULT_PORT);
  }

  std::string text() const { return part(CURLUPART_URL); }

 private:
  explicit url(CURLU* handle) : handle_(handle, &curl_url_cleanup) {}

  std::string part(CURLUPart part, unsigned flags = 0) const {
    char* text = nullptr;
    curl_url_get(handle_.get(), part, &text, flags);
    std::string copy(text != nullptr ? text : "");
    curl_free(text);
    return copy;
  }

  std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> handle_;
};

/// hrefs() gives the values of the attributes href="..." of a text.
std::vector<std::string> hrefs(std::string_view text) {
  constexpr std::string_view opening = "href=\"";
  std::vector<std::string> found;
  while (true) {
    std::size_t start = text.find(opening);
    if (start == text.npos) return found;
    text.remove_prefix(start + opening.size());
    std::size_t end = text.find('"');
    if (end == text.npos) return found;
    found.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::vector<std::string> links_on(const page& from) {
  const url here(from.url);
  std::vector<std::string> links;
  for (const std::string& href : hrefs(from.body)) {
    std::optional<url> target = here.follow(href);
    if (target && target->is_on_the_host_of(here)) links.push_back(target->text());
  }
  return links;
}

}  // namespace fetch
