// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <fetch/page.hpp>

namespace fetch {

/// links_on() gives the URLs that a page links to on its own host, absolute and without fragment,
/// in the order of the page. It looks for href="..." and knows no more of HTML than that.
std::vector<std::string> links_on(const page& from);

}  // namespace fetch
