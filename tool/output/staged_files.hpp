// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace smartasync::gen {

/// staged_files holds texts that are complete on disk under temporary names, each in the directory
/// where it belongs, so that publishing them takes renames alone. What is not published is removed,
/// with the directories that were made for it, when the object dies; the files also when a signal
/// ends the process.
class staged_files {
 public:
  staged_files() = default;
  staged_files(const staged_files&) = delete;
  staged_files& operator=(const staged_files&) = delete;
  ~staged_files();

  /// add() writes `text` beside `path`, an absolute one, making directories as needed; an existing
  /// file there gives its permissions. Returns what went wrong, or nothing.
  std::optional<std::string> add(const std::string& path, const std::string& text);

  /// publish() renames each text into its place, in the order in which they were added. Returns
  /// what went wrong, or nothing.
  std::optional<std::string> publish();

 private:
  struct staged {
    std::string path;
    std::string temporary;
  };

  std::optional<std::string> make_directories(const std::string& directory);

  std::vector<staged> files_;
  std::vector<std::string> new_directories_;  ///< outermost first
};

}  // namespace smartasync::gen
