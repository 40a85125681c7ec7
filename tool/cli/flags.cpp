// SPDX-License-Identifier: MIT
#include "cli/flags.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <system_error>

namespace smartasync::gen {

namespace fs = std::filesystem;

namespace {

// An option with a path, which follows as the next argument or, after `joint`, in the same one.
struct path_option {
  std::string_view name;
  std::string_view joint;
};

// The longer before those that they begin with.
constexpr std::array path_options = {path_option{"-isystem-after", ""},
                                     path_option{"-isystem", ""},
                                     path_option{"-isysroot", ""},
                                     path_option{"-iquote", ""},
                                     path_option{"-idirafter", ""},
                                     path_option{"-iframework", ""},
                                     path_option{"-cxx-isystem", ""},
                                     path_option{"-resource-dir", "="},
                                     path_option{"--sysroot", "="},
                                     path_option{"--gcc-toolchain", "="},
                                     path_option{"-I", ""},
                                     path_option{"-F", ""},
                                     path_option{"-B", ""}};

// Files that are looked for along the include path as well.
constexpr std::array file_options = {std::string_view("-include"), std::string_view("-imacros")};

// Options whose value, an argument of its own, may look like an option with a path.
constexpr std::array with_value = {
    std::string_view("-D"),      std::string_view("-U"),      std::string_view("-x"),
    std::string_view("-o"),      std::string_view("-MF"),     std::string_view("-MT"),
    std::string_view("-MQ"),     std::string_view("-target"), std::string_view("-arch"),
    std::string_view("--param"), std::string_view("-mllvm"),  std::string_view("-Xclang"),
    std::string_view("-L"),      std::string_view("-l")};

template <typename Options>
bool is_one_of(const Options& options, std::string_view flag) {
  return std::find(options.begin(), options.end(), flag) != options.end();
}

std::string absolute_in(const std::string& directory, const std::string& path) {
  // "=dir" and "$SYSROOT/dir" are relative to the sysroot.
  if (path.empty() || path.starts_with('=') || path.starts_with('$')) {
    return path;
  }
  return (fs::path(directory) / path).lexically_normal().string();
}

std::string absolute_file(const std::string& directory, const std::string& file) {
  std::error_code ignored;
  const std::string candidate = absolute_in(directory, file);
  // GCC precompiles a header to a file beside it, and needs that one alone.
  const bool is_there = fs::exists(candidate, ignored) || fs::exists(candidate + ".gch", ignored);
  return is_there ? candidate : file;
}

// `-Idir`, `--sysroot=dir`
std::string absolute_joined(const std::string& flag, const std::string& directory) {
  for (const path_option& option : path_options) {
    const std::string beginning = std::string(option.name) + std::string(option.joint);
    if (flag.starts_with(beginning) && flag.size() > beginning.size()) {
      return beginning + absolute_in(directory, flag.substr(beginning.size()));
    }
  }
  return flag;
}

bool is_path_option(std::string_view flag) {
  return std::any_of(path_options.begin(), path_options.end(),
                     [&](const path_option& each) { return each.name == flag; });
}

}  // namespace

std::vector<std::string> lines_of_flags(std::string_view text) {
  std::vector<std::string> flags;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    if (!line.empty()) {
      flags.emplace_back(line);
    }
  }
  return flags;
}

std::vector<std::string> absolute_flags(const std::vector<std::string>& flags,
                                        const std::string& directory) {
  std::vector<std::string> made;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    const std::string& flag = flags[i];
    const bool has_next = i + 1 < flags.size();
    if (is_path_option(flag) && has_next) {
      made.push_back(flag);
      made.push_back(absolute_in(directory, flags[++i]));
    } else if (is_one_of(file_options, flag) && has_next) {
      made.push_back(flag);
      made.push_back(absolute_file(directory, flags[++i]));
    } else if (is_one_of(with_value, flag) && has_next) {
      made.push_back(flag);
      made.push_back(flags[++i]);
    } else {
      made.push_back(absolute_joined(flag, directory));
    }
  }
  return made;
}

}  // namespace smartasync::gen
