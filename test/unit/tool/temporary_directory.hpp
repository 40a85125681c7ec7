// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>  // mkdtemp

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

namespace smartasync::gen {

/// temporary_directory is a new empty directory that goes with the object.
class temporary_directory {
 public:
  temporary_directory() {
    std::string name = (std::filesystem::temp_directory_path() / "smartasync.XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
      ADD_FAILURE() << "no temporary directory";
    }
    path_ = std::filesystem::canonical(name);
  }
  temporary_directory(const temporary_directory&) = delete;
  temporary_directory& operator=(const temporary_directory&) = delete;
  ~temporary_directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  std::string path() const { return path_.string(); }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

  /// put() makes a file, and the directories that it needs.
  void put(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
  }

  /// text() is the content of a file, and "<none>" where there is none.
  std::string text(const std::string& name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    if (!file) {
      return "<none>";
    }
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }

  /// names() lists all that is in the directory, hidden files too.
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& each : std::filesystem::recursive_directory_iterator(path_)) {
      found.push_back(each.path().lexically_relative(path_).string());
    }
    return found;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace smartasync::gen
