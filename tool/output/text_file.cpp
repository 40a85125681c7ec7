// SPDX-License-Identifier: MIT
#include "output/text_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace smartasync::gen {

std::optional<std::string> read_text(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) {
    return std::nullopt;
  }
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) {
    return std::nullopt;
  }
  return text;
}

}  // namespace smartasync::gen
