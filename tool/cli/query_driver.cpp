// SPDX-License-Identifier: MIT
#include "cli/query_driver.hpp"

#include <unistd.h>  // environ

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"
#include "output/text_file.hpp"

namespace smartasync::gen {

namespace fs = std::filesystem;

namespace {

// What the program printed on both streams; empty where it did not run or failed.
std::optional<std::string> printed_by(const std::string& program,
                                      const std::vector<std::string>& arguments) {
  llvm::SmallString<128> file;
  if (llvm::sys::fs::createTemporaryFile("smartasync-gen", "txt", file)) {
    return std::nullopt;
  }
  std::vector<llvm::StringRef> texts{program};
  texts.insert(texts.end(), arguments.begin(), arguments.end());
  // GCC translates "search starts here".
  std::vector<llvm::StringRef> environment;
  for (char** each = environ; *each != nullptr; ++each) {
    if (const llvm::StringRef variable(*each);
        !variable.starts_with("LC_") && !variable.starts_with("LANGUAGE=")) {
      environment.push_back(variable);
    }
  }
  environment.push_back("LC_ALL=C");
  const std::array<std::optional<llvm::StringRef>, 3> streams = {
      llvm::StringRef(), llvm::StringRef(file), llvm::StringRef(file)};
  const int status = llvm::sys::ExecuteAndWait(
      program, texts, llvm::ArrayRef<llvm::StringRef>(environment), streams, /*SecondsToWait=*/60);
  std::optional<std::string> text = read_text(file.str().str());
  std::error_code ignored;
  fs::remove(file.str().str(), ignored);
  return status == 0 ? std::move(text) : std::nullopt;
}

bool decides_about_headers(const std::string& flag) {
  constexpr std::array beginnings = {std::string_view("-std="),      std::string_view("-stdlib="),
                                     std::string_view("--sysroot="), std::string_view("-m"),
                                     std::string_view("--target="),  std::string_view("-isysroot")};
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view each) { return flag.starts_with(each); });
}

bool are_same(const fs::path& one, const fs::path& other) {
  std::error_code ignored;
  return fs::weakly_canonical(one, ignored) == fs::weakly_canonical(other, ignored);
}

}  // namespace

driver_answer parse_driver_output(std::string_view text, const std::string& own_headers) {
  constexpr std::string_view target_mark = "Target: ";
  driver_answer answer;
  bool in_list = false;
  bool ended = false;
  const fs::path own(own_headers);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with(target_mark)) {
      answer.flags.push_back("--target=" + std::string(line.substr(target_mark.size())));
    } else if (line == "#include <...> search starts here:") {
      in_list = true;
      answer.flags.emplace_back("-nostdlibinc");
    } else if (line == "End of search list.") {
      ended = in_list;
      in_list = false;
    } else if (in_list && line.starts_with(' ')) {
      const fs::path directory = fs::path(std::string(line.substr(1))).lexically_normal();
      if (own_headers.empty() || (!are_same(directory, own) &&
                                  !are_same(directory, own.parent_path() / "include-fixed"))) {
        answer.flags.emplace_back("-isystem");
        answer.flags.push_back(directory.string());
      }
    }
  }
  if (!ended) {
    answer = {{}, "it did not print its include directories"};
  }
  return answer;
}

driver_answer query_driver(const std::string& compiler, const std::vector<std::string>& flags) {
  const auto program = llvm::sys::findProgramByName(compiler);
  if (!program) {
    return {{}, "there is no such program"};
  }
  std::vector<std::string> question;
  std::copy_if(flags.begin(), flags.end(), std::back_inserter(question), decides_about_headers);
  std::vector<std::string> about_own = question;
  about_own.emplace_back("-print-file-name=include");
  question.insert(question.end(), {"-E", "-v", "-x", "c++", "/dev/null"});

  const std::optional<std::string> own = printed_by(*program, about_own);
  const std::optional<std::string> text = printed_by(*program, question);
  if (!own || !text) {
    return {{}, "it failed when it was asked with -E -v"};
  }
  return parse_driver_output(*text, own->substr(0, own->find('\n')));
}

}  // namespace smartasync::gen
