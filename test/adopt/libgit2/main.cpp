// SPDX-License-Identifier: MIT
#include <git2.h>
#include <git2/repository.smart.h>
#include <unistd.h>
#include <smartasync/smartasync.hpp>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "golden/check.hpp"

namespace {

smartasync::task<void> on_a_loop(std::string folder) {
  git_repository* repository = nullptr;
  CHECK(co_await smart::git_repository_init(&repository, folder.c_str(), 0) == 0);
  CHECK(co_await smart::git_repository_is_empty(repository) == 1);
  const char* path = co_await smart::git_repository_workdir(repository);
  CHECK(std::filesystem::equivalent(path, folder));
  co_await smart::git_repository_free(repository);
}

}  // namespace

int main() {
  git_libgit2_init();
  std::string folder = (std::filesystem::temp_directory_path() / "adopt-XXXXXX").string();
  CHECK(mkdtemp(folder.data()) != nullptr);
  smartasync::run(on_a_loop(folder));
  git_repository* repository = nullptr;
  CHECK(smart::git_repository_open(&repository, folder.c_str()) == 0);
  CHECK(smart::git_repository_is_bare(smartasync::sync, repository) == 0);
  smart::git_repository_free(repository);
  std::filesystem::remove_all(folder);
  git_libgit2_shutdown();
  return golden::ended_after(6);
}
