// SPDX-License-Identifier: MIT
// This program has no runtime of its own: it loads libraries that each have one, hidden.
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <string>

namespace {

/// What loading the library says on stderr.
std::string said_when_loading(const char* library) {
  testing::internal::CaptureStderr();
  void* const loaded = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  std::string said = testing::internal::GetCapturedStderr();
  if (loaded == nullptr) return std::string("not loaded: ") + dlerror();
  auto* const answer = reinterpret_cast<int (*)()>(dlsym(loaded, "answer"));
  if (answer == nullptr || answer() != 42) return "its runtime does not work";
  return said;
}

TEST(runtime_copy, a_second_one_in_the_process_is_reported_with_the_names_of_both_libraries) {
  EXPECT_EQ(said_when_loading(SMARTASYNC_TEST_FIRST_PLUGIN), "");
  EXPECT_EQ(said_when_loading(SMARTASYNC_TEST_FIRST_PLUGIN), "") << "the same one, loaded again";
  const std::string said = said_when_loading(SMARTASYNC_TEST_SECOND_PLUGIN);
  EXPECT_NE(said.find("two copies of the runtime"), std::string::npos) << said;
  EXPECT_NE(said.find(SMARTASYNC_TEST_FIRST_PLUGIN), std::string::npos) << said;
  EXPECT_NE(said.find(SMARTASYNC_TEST_SECOND_PLUGIN), std::string::npos) << said;
}

}  // namespace
