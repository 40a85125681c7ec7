// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace smartasync::gen {

/// edit_distance() counts the letters to insert, delete, replace, or swap with their neighbour that
/// make `to` out of `from`.
std::size_t edit_distance(std::string_view from, std::string_view to);

/// nearest_word() is the one of `words` that `written` was most likely meant to be: the first of
/// those with the least distance. Empty where none is near.
std::optional<std::string_view> nearest_word(std::string_view written,
                                             std::span<const std::string_view> words);

}  // namespace smartasync::gen
