// SPDX-License-Identifier: MIT
#include "scan/word_search.hpp"

#include <llvm/ADT/StringRef.h>
#include <llvm/ADT/StringSet.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

#include <algorithm>

namespace smartasync::gen {
namespace {

constexpr const char* word = "smartasync";

struct directive {
  std::string name;
  bool angled;
};

// The include directives of a text; nothing where one names a macro or goes on in the next line.
std::optional<std::vector<directive>> directives_of(llvm::StringRef text) {
  std::vector<directive> result;
  while (!text.empty()) {
    llvm::StringRef line;
    std::tie(line, text) = text.split('\n');
    line = line.ltrim();
    if (!line.consume_front("#")) {
      continue;
    }
    line = line.ltrim();
    if (!line.consume_front("include") && !line.consume_front("import")) {
      continue;
    }
    line.consume_front("_next");
    line = line.ltrim();
    const bool angled = line.starts_with("<");
    if (!angled && !line.starts_with("\"")) {
      return std::nullopt;
    }
    const llvm::StringRef name =
        line.drop_front().take_until([&](char c) { return c == (angled ? '>' : '"'); });
    result.push_back({name.str(), angled});
  }
  return result;
}

struct resolved_include {
  std::string path;
  bool is_system;
};

std::optional<resolved_include> find(const directive& wanted, const std::string& includer,
                                     const std::vector<include_directory>& directories) {
  if (!wanted.angled) {
    llvm::SmallString<256> beside(llvm::sys::path::parent_path(includer));
    llvm::sys::path::append(beside, wanted.name);
    if (llvm::sys::fs::is_regular_file(beside)) {
      return resolved_include{beside.str().str(), false};
    }
  }
  for (const include_directory& directory : directories) {
    if (wanted.angled && !directory.angled) {
      continue;
    }
    llvm::SmallString<256> candidate(directory.path);
    llvm::sys::path::append(candidate, wanted.name);
    if (llvm::sys::fs::is_regular_file(candidate)) {
      return resolved_include{candidate.str().str(), directory.is_system};
    }
  }
  return std::nullopt;
}

}  // namespace

bool say_nothing(const std::vector<std::string>& flags) {
  return std::none_of(flags.begin(), flags.end(), [](llvm::StringRef flag) {
    return flag.contains(word) || flag.starts_with("-include") || flag.starts_with("-imacros");
  });
}

std::optional<std::vector<std::string>> files_without_word(
    const found_header& header, const std::vector<include_directory>& directories) {
  std::vector<std::string> result;
  std::vector<std::string> open{header.path};
  llvm::StringSet<> seen;
  while (!open.empty()) {
    const std::string path = open.back();
    open.pop_back();
    if (!seen.insert(path).second) {
      continue;
    }
    const auto buffer = llvm::MemoryBuffer::getFile(path);
    // A line that goes on could hide the word or a directive.
    if (!buffer || (*buffer)->getBuffer().contains(word) ||
        (*buffer)->getBuffer().contains("\\\n") || (*buffer)->getBuffer().contains("\\\r")) {
      return std::nullopt;
    }
    result.push_back(path);
    const auto directives = directives_of((*buffer)->getBuffer());
    if (!directives) {
      return std::nullopt;
    }
    for (const directive& wanted : *directives) {
      const std::optional<resolved_include> found = find(wanted, path, directories);
      if (!found) {
        return std::nullopt;
      }
      if (!found->is_system) {
        open.push_back(found->path);
      }
    }
  }
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace smartasync::gen
