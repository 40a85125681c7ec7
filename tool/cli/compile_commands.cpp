// SPDX-License-Identifier: MIT
#include "cli/compile_commands.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/StringSaver.h"
#include "output/text_file.hpp"

namespace smartasync::gen {

namespace fs = std::filesystem;

namespace {

using strings = std::vector<std::string>;

// Deeper than anybody nests them; a file that names itself ends here.
constexpr int deepest_response_file = 16;

strings split_command(llvm::StringRef command) {
  llvm::BumpPtrAllocator allocator;
  llvm::StringSaver saver(allocator);
  llvm::SmallVector<const char*, 32> texts;
  llvm::cl::TokenizeGNUCommandLine(command, saver, texts);
  return {texts.begin(), texts.end()};
}

std::string absolute_in(const fs::path& directory, llvm::StringRef path) {
  return (directory / path.str()).lexically_normal().string();
}

// CMake puts long lists of include directories into such files, which may name others.
strings expanded(const strings& arguments, const std::string& directory, int depth) {
  strings all;
  for (const std::string& argument : arguments) {
    const bool is_file = argument.starts_with('@') && depth < deepest_response_file;
    const auto text =
        is_file ? read_text(absolute_in(directory, argument.substr(1))) : std::nullopt;
    if (!text) {
      all.push_back(argument);
      continue;
    }
    const strings more = expanded(split_command(*text), directory, depth + 1);
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

// g++, aarch64-linux-gnu-g++-12, clang++.exe
bool is_compiler(const std::string& argument) {
  const std::string file = fs::path(argument).filename().string();
  llvm::StringRef name(file);
  name.consume_back(".exe");
  const llvm::StringRef bare = name.rtrim("0123456789.").rtrim('-');
  return llvm::any_of(std::array{"c++", "g++", "clang++", "cc", "gcc", "clang", "clang-cl", "icpx",
                                 "icpc", "dpcpp", "em++", "nvcc", "hipcc", "CC"},
                      [&](llvm::StringRef one) {
                        llvm::StringRef prefix = bare;
                        return prefix.consume_back(one) &&
                               (prefix.empty() || prefix.ends_with("-"));
                      });
}

// In front of the compiler may stand what starts it: ccache, distcc, env with its variables, CMake
// with `--` and options of its own. The compiler comes before the flags that it is given.
void drop_program(strings& arguments) {
  const auto is_flag = [](llvm::StringRef argument) {
    return llvm::any_of(std::array{"-D", "-I", "-c", "-o", "-x", "-std", "-f", "-W", "-O", "-g",
                                   "-is", "-iq", "-id", "-inc", "@"},
                        [&](const char* one) { return argument.starts_with(one); });
  };
  const auto flags = std::find_if(arguments.begin(), arguments.end(), is_flag);
  const auto compiler = std::find_if(arguments.begin(), flags, is_compiler);
  arguments.erase(arguments.begin(), compiler == flags ? arguments.begin() + 1 : compiler + 1);
}

// "arguments" where it is given, as the format says.
std::optional<compile_command> entry_of(const llvm::json::Object& object, const fs::path& base) {
  const auto directory = object.getString("directory");
  const auto file = object.getString("file");
  if (!directory || !file) {
    return std::nullopt;
  }
  compile_command entry;
  entry.directory = absolute_in(base, *directory);
  entry.file = absolute_in(entry.directory, *file);
  if (const llvm::json::Array* arguments = object.getArray("arguments")) {
    for (const llvm::json::Value& each : *arguments) {
      const auto argument = each.getAsString();
      if (!argument) {
        return std::nullopt;
      }
      entry.arguments.push_back(argument->str());
    }
  } else if (const auto command = object.getString("command")) {
    entry.arguments = split_command(*command);
  }
  if (entry.arguments.empty()) {
    return std::nullopt;
  }
  drop_program(entry.arguments);
  entry.arguments = expanded(entry.arguments, entry.directory, 0);
  // After "--" there are sources alone.
  entry.arguments.erase(std::find(entry.arguments.begin(), entry.arguments.end(), "--"),
                        entry.arguments.end());
  return entry;
}

bool is_cpp(const compile_command& entry) {
  static const std::set<std::string> others = {".c",  ".m",  ".s",   ".S",    ".asm", ".cu",
                                               ".mm", ".f",  ".f90", ".rc",   ".hip", ".ispc",
                                               ".cl", ".go", ".rs",  ".swift"};
  const auto language = std::find(entry.arguments.begin(), entry.arguments.end(), "-x");
  if (language != entry.arguments.end() && language + 1 != entry.arguments.end()) {
    return (language + 1)->starts_with("c++");
  }
  return !others.contains(fs::path(entry.file).extension().string());
}

std::size_t shared_parts(const fs::path& one, const fs::path& other) {
  std::size_t count = 0;
  for (auto a = one.begin(), b = other.begin(); a != one.end() && b != other.end() && *a == *b;
       ++a, ++b) {
    ++count;
  }
  return count;
}

}  // namespace

compile_commands read_compile_commands(const std::string& text, const std::string& path) {
  llvm::Expected<llvm::json::Value> parsed = llvm::json::parse(text);
  if (!parsed) {
    return {{}, llvm::toString(parsed.takeError())};
  }
  const llvm::json::Array* array = parsed->getAsArray();
  if (array == nullptr) {
    return {{}, "it is not a list of commands"};
  }
  compile_commands commands;
  for (const llvm::json::Value& each : *array) {
    const llvm::json::Object* object = each.getAsObject();
    std::optional<compile_command> entry =
        object == nullptr ? std::nullopt : entry_of(*object, fs::path(path).parent_path());
    if (!entry) {
      return {{}, "an entry has no directory, no file or no command"};
    }
    if (is_cpp(*entry)) {
      commands.entries.push_back(std::move(*entry));
    }
  }
  if (commands.entries.empty()) {
    commands.fault = "it has no command for a C++ source";
  }
  return commands;
}

const compile_command& nearest_command(const std::vector<compile_command>& entries,
                                       const std::string& header) {
  const fs::path wanted(header);
  const auto fitness = [&](const compile_command& entry) {
    const fs::path source(entry.file);
    return std::tuple(source == wanted, source.stem() == wanted.stem(),
                      shared_parts(source, wanted));
  };
  return *std::max_element(entries.begin(), entries.end(), [&](const auto& one, const auto& other) {
    return fitness(one) < fitness(other);
  });
}

}  // namespace smartasync::gen
