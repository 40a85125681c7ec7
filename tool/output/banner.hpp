// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace smartasync::gen {

/// banner_header() is the include name in the first line of a text that smartasync-gen wrote:
/// `shop/client.hpp`. Empty for any other text: that is how the tool knows what it may overwrite.
std::optional<std::string> banner_header(std::string_view text);

}  // namespace smartasync::gen
