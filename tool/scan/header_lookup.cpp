// SPDX-License-Identifier: MIT
#include "scan/header_lookup.hpp"

#include <llvm/ADT/SmallString.h>
#include <llvm/ADT/StringRef.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

namespace smartasync::gen {
namespace {

using path_text = llvm::SmallString<256>;
namespace path = llvm::sys::path;
namespace fs = llvm::sys::fs;

std::string real_path_of(const path_text& name) {
  path_text real;
  return fs::real_path(name, real) ? name.str().str() : real.str().str();
}

// The rest of `name` after the folder and its slash; empty if it is not below it.
llvm::StringRef below(llvm::StringRef name, llvm::StringRef folder) {
  const llvm::StringRef trimmed = folder.rtrim('/');
  return name.consume_front(trimmed) && name.consume_front("/") ? name : llvm::StringRef();
}

// Folders and file are compared as they are written, and with symbolic links followed: a header may
// be reached through a link, and so may an include directory.
void name_by_directory(found_header& header, const std::vector<include_directory>& directories) {
  header.include_name = path::filename(header.path).str();
  std::size_t longest = 0;
  for (const include_directory& directory : directories) {
    llvm::StringRef name = below(header.path, directory.path);
    std::size_t length = directory.path.size();
    if (name.empty()) {
      const std::string real_directory = real_path_of(path_text(directory.path));
      name = below(header.real_path, real_directory);
      length = real_directory.size();
    }
    if (!name.empty() && length > longest) {
      longest = length;
      header.include_name = name.str();
      header.angled = directory.is_system;
    }
  }
}

}  // namespace

std::optional<found_header> find_header(const std::string& given,
                                        const std::vector<include_directory>& directories,
                                        const std::string& working_directory) {
  found_header header;
  header.given = given;
  path_text as_path(path::is_absolute(given) ? "" : working_directory);
  path::append(as_path, given);
  fs::make_absolute(as_path);
  path::remove_dots(as_path, /*remove_dot_dot=*/false);
  if (fs::is_regular_file(as_path)) {
    header.path = as_path.str().str();
    header.real_path = real_path_of(as_path);
    name_by_directory(header, directories);
    header.directive = '"' + header.path + '"';
    header.shown = given;
    return header;
  }
  if (path::is_absolute(given)) {
    return std::nullopt;
  }
  for (const include_directory& directory : directories) {
    path_text candidate(directory.path);
    path::append(candidate, given);
    if (fs::is_regular_file(candidate)) {
      header.path = candidate.str().str();
      header.real_path = real_path_of(candidate);
      header.include_name = given;
      header.shown = header.path;
      header.angled = directory.is_system;
      header.directive = directory.angled ? '<' + given + '>' : '"' + given + '"';
      return header;
    }
  }
  return std::nullopt;
}

}  // namespace smartasync::gen
