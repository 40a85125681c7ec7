// SPDX-License-Identifier: MIT
// This program has no runtime of its own: it opens modules that hold one, built with each model of
// thread-local storage.
#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <latch>
#include <ostream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

/// A module that is open. Copies of a file are modules of their own.
class plugin {
 public:
  explicit plugin(const std::string& file) : opened_(dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL)) {
    if (opened_ == nullptr) error_ = dlerror();
  }
  plugin(plugin&& other) noexcept
      : opened_(std::exchange(other.opened_, nullptr)), error_(std::move(other.error_)) {}
  plugin& operator=(plugin&&) = delete;
  ~plugin() { close(); }

  void close() {
    if (opened_ != nullptr) dlclose(std::exchange(opened_, nullptr));
  }

  [[nodiscard]] bool is_open() const { return opened_ != nullptr; }
  /// Why it is not.
  [[nodiscard]] const std::string& error() const { return error_; }

  /// Makes calls in the module, on this thread; true when all went as they should.
  [[nodiscard]] bool serve(int a) const {
    auto* const found = reinterpret_cast<bool (*)(int)>(dlsym(opened_, "serve"));
    return found != nullptr && found(a);
  }

 private:
  void* opened_;
  std::string error_;
};

bool is_loaded(const std::string& file) {
  void* const found = dlopen(file.c_str(), RTLD_NOW | RTLD_NOLOAD);
  if (found != nullptr) dlclose(found);
  return found != nullptr;
}

/// The same from a thread that ends after it.
bool serve_on_a_thread(const plugin& opened, int a) {
  bool right = false;
  std::thread([&] { right = opened.serve(a); }).join();
  return right;
}

/// Opens copies of a plugin until there are `most` or one is refused.
class copies {
 public:
  copies(const std::string& file, int most) {
    // Each is a second copy of the runtime, which is said on stderr.
    testing::internal::CaptureStderr();
    for (int i = 0; i != most && error_.empty(); ++i) {
      const std::string copy = testing::TempDir() + "smartasync_dlopen_test_" +
                               std::to_string(getpid()) + "_" + std::to_string(i);
      std::filesystem::copy_file(file, copy, std::filesystem::copy_options::overwrite_existing);
      plugin opened(copy);
      std::filesystem::remove(copy);
      error_ = opened.error();
      if (opened.is_open()) opened_.push_back(std::move(opened));
    }
    testing::internal::GetCapturedStderr();
  }
  copies(const copies&) = delete;
  copies& operator=(const copies&) = delete;
  ~copies() {
    // The dynamic linker gets room for thread-local variables back from its end alone.
    while (!opened_.empty()) opened_.pop_back();
  }

  [[nodiscard]] const std::vector<plugin>& opened() const { return opened_; }
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  std::vector<plugin> opened_;
  std::string error_;
};

struct build {
  const char* model;
  std::string file;

  friend std::ostream& operator<<(std::ostream& out, const build& b) { return out << b.model; }
};
const build initial_exec{"initial_exec", SMARTASYNC_TEST_INITIAL_EXEC_PLUGIN};
const build dynamic{"dynamic", SMARTASYNC_TEST_DYNAMIC_PLUGIN};

class dlopen_of : public testing::TestWithParam<build> {};
INSTANTIATE_TEST_SUITE_P(a_module, dlopen_of, testing::Values(initial_exec, dynamic),
                         [](const auto& tested) { return std::string(tested.param.model); });

TEST_P(dlopen_of, serves_threads_that_were_there_before_and_threads_that_came_later) {
  constexpr int each = 4;
  std::latch opening(1);
  const plugin* opened = nullptr;
  std::vector<int> right(2 * each);
  std::vector<std::thread> threads;
  const auto serve = [&](int i) {
    for (int a = 0; a != 20; ++a) right[static_cast<std::size_t>(i)] += opened->serve(a);
  };
  for (int i = 0; i != each; ++i) {
    threads.emplace_back([&, i] {
      opening.wait();
      serve(i);
    });
  }
  const plugin kept(GetParam().file);
  ASSERT_TRUE(kept.is_open()) << kept.error();
  opened = &kept;
  opening.count_down();
  for (int i = each; i != 2 * each; ++i) threads.emplace_back([&, i] { serve(i); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(right, testing::Each(20));
}

TEST_P(dlopen_of, ends_what_it_started_when_it_is_closed_and_starts_afresh_when_opened_again) {
  for (int times = 0; times != 3; ++times) {
    plugin opened(GetParam().file);
    ASSERT_TRUE(opened.is_open()) << opened.error();
    EXPECT_TRUE(serve_on_a_thread(opened, times));
    opened.close();
    EXPECT_FALSE(is_loaded(GetParam().file));
  }
  // What it had asked for at a fork is gone with it.
  const pid_t child = fork();
  if (child == 0) _exit(0);
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

TEST_P(dlopen_of, stays_when_it_is_closed_until_the_threads_that_it_served_have_ended) {
  plugin opened(GetParam().file);
  ASSERT_TRUE(opened.is_open()) << opened.error();
  std::thread([&] {
    EXPECT_TRUE(opened.serve(1));
    opened.close();
    EXPECT_TRUE(is_loaded(GetParam().file));
  }).join();
}

constexpr int many = 32;

TEST(dlopen_of_many_modules, with_initial_exec_is_refused_by_the_linker_which_says_why) {
  const copies all(initial_exec.file, many);
  EXPECT_LT(all.opened().size(), many);
  EXPECT_THAT(all.error(), testing::HasSubstr("static TLS"));
  for (const plugin& each : all.opened()) EXPECT_TRUE(serve_on_a_thread(each, 1));
}

TEST(dlopen_of_many_modules, with_the_dynamic_model_works_in_any_number) {
  const copies all(dynamic.file, many);
  EXPECT_EQ(all.opened().size(), many) << all.error();
  for (const plugin& each : all.opened()) EXPECT_TRUE(serve_on_a_thread(each, 1));
}

TEST(dlopen_of_a_mismatch, is_refused_where_headers_and_runtime_have_different_models) {
  const plugin headers_alone(SMARTASYNC_TEST_DYNAMIC_HEADERS_PLUGIN);
  EXPECT_THAT(headers_alone.error(), testing::HasSubstr("undefined symbol"));
  EXPECT_THAT(headers_alone.error(), testing::HasSubstr("dynamic_tls"));
  const plugin runtime_alone(SMARTASYNC_TEST_DYNAMIC_RUNTIME_PLUGIN);
  EXPECT_THAT(runtime_alone.error(), testing::HasSubstr("undefined symbol"));
}

}  // namespace
