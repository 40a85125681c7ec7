// SPDX-License-Identifier: MIT
#include "output/staged_files.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"

namespace smartasync::gen {

namespace fs = std::filesystem;

namespace {

std::string cannot_write(const std::string& path, const std::error_code& why) {
  return "cannot write '" + path + "': " + why.message();
}

// llvm::sys::fs::TempFile is not used: it replaces every '%' of the path, directories included.
std::error_code open_temporary(const fs::path& place, std::string& name, int& descriptor) {
  const std::string stem = "." + place.filename().string() + "." +
                           std::to_string(llvm::sys::Process::getProcessId()) + ".";
  std::error_code error;
  for (unsigned attempt = 0; attempt < 100; ++attempt) {
    name = (place.parent_path() / (stem + std::to_string(attempt))).string();
    error = llvm::sys::fs::openFileForWrite(name, descriptor, llvm::sys::fs::CD_CreateNew);
    if (error != std::errc::file_exists) {
      break;
    }
  }
  return error;
}

}  // namespace

staged_files::~staged_files() {
  std::error_code ignored;
  for (const staged& each : files_) {
    fs::remove(each.temporary, ignored);
    llvm::sys::DontRemoveFileOnSignal(each.temporary);
  }
  // Only empty ones go: somebody else may have put a file there meanwhile.
  for (auto each = new_directories_.rbegin(); each != new_directories_.rend(); ++each) {
    fs::remove(*each, ignored);
  }
}

std::optional<std::string> staged_files::make_directories(const std::string& directory) {
  std::vector<std::string> missing;
  std::error_code error;
  for (fs::path each = directory; each.has_relative_path() && !fs::exists(each, error);
       each = each.parent_path()) {
    missing.push_back(each.string());
  }
  std::reverse(missing.begin(), missing.end());
  for (const std::string& each : missing) {
    if (fs::create_directory(each, error)) {
      new_directories_.push_back(each);
    }
    if (error) {
      return "cannot make the directory '" + each + "': " + error.message();
    }
  }
  return std::nullopt;
}

std::optional<std::string> staged_files::add(const std::string& path, const std::string& text) {
  const fs::path place(path);
  if (auto fault = make_directories(place.parent_path().string())) {
    return fault;
  }
  staged next{path, {}};
  int descriptor = -1;
  if (const std::error_code error = open_temporary(place, next.temporary, descriptor)) {
    return cannot_write(path, error);
  }
  llvm::sys::RemoveFileOnSignal(next.temporary);
  files_.push_back(next);

  llvm::raw_fd_ostream stream(descriptor, /*shouldClose=*/true);
  stream << text;
  stream.close();
  if (const std::error_code error = stream.error()) {
    stream.clear_error();
    return cannot_write(path, error);
  }
  std::error_code ignored;
  const fs::file_status before = fs::status(place, ignored);
  if (fs::is_regular_file(before)) {
    fs::permissions(next.temporary, before.permissions(), ignored);
  }
  return std::nullopt;
}

std::optional<std::string> staged_files::publish() {
  for (const staged& each : files_) {
    std::error_code error;
    fs::rename(each.temporary, each.path, error);
    if (error) {
      return cannot_write(each.path, error);
    }
    llvm::sys::DontRemoveFileOnSignal(each.temporary);
  }
  files_.clear();
  new_directories_.clear();
  return std::nullopt;
}

}  // namespace smartasync::gen
