// SPDX-License-Identifier: MIT
#include "model/annotation_key.hpp"

#include <algorithm>
#include <array>

#include "model/nearest_word.hpp"

namespace smartasync::gen {
namespace {

constexpr auto keys = std::to_array<annotation_key>({
    {"executor", value_type::text, false, "executor = \"db\""},
    {"loop", value_type::text, false, "loop = \"net\""},
    {"serial", value_type::flag, false, "serial"},
    {"debug", value_type::flag, false, "debug"},
    {"kind", value_type::word, false, "kind = sync"},
    {"name", value_type::text, false, "name = \"fetch\""},
    {"borrow", value_type::text_or_flag, true, "borrow = \"path\""},
    {"own", value_type::text, true, "own = \"path\""},
});

}  // namespace

const annotation_key* find_annotation_key(std::string_view name) {
  const auto* found = std::find_if(keys.begin(), keys.end(),
                                   [&](const annotation_key& key) { return key.name == name; });
  return found == keys.end() ? nullptr : found;
}

std::string_view nearest_annotation_key(std::string_view written) {
  std::array<std::string_view, keys.size()> names;
  std::transform(keys.begin(), keys.end(), names.begin(), [](const auto& key) { return key.name; });
  return nearest_word(written, names).value_or("");
}

std::string_view all_annotation_keys() {
  return "executor, loop, serial, debug, kind, name, borrow, own";
}

}  // namespace smartasync::gen
