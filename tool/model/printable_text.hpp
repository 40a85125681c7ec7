// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace smartasync::gen {

/// is_printable_text() tells whether `text` can be shown and emitted as it is: valid UTF-8 without
/// control characters.
bool is_printable_text(std::string_view text);

}  // namespace smartasync::gen
