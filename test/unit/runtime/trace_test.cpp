// SPDX-License-Identifier: MIT
// The file of SMARTASYNC_TRACE in the processes of a fork, and at their ends. What is in it:
// shop_program_test.py.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "call_functions.hpp"
#include "smartasync/run.hpp"

namespace {

using namespace call_test;

const std::string& trace_path() {
  static const std::string path =
      (std::filesystem::temp_directory_path() / "smartasync_trace_test.").string() +
      std::to_string(::getpid());
  return path;
}

// Before the runtime is used for the first time.
const bool traced = ::setenv("SMARTASYNC_TRACE", trace_path().c_str(), 1) == 0;

void make_calls() {
  EXPECT_EQ(stub<slow_add>(1, 2), 3);
  EXPECT_EQ(smartasync::run([] { return stub<shout>("a"); }), "a!");
}

/// The events of a file that is one array with an event on each line, all of one process.
std::string events_of(const std::string& path, pid_t process) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  EXPECT_EQ(line, "[") << path;
  std::string events;
  while (std::getline(file, line) && line != "]") {
    EXPECT_EQ(line.front(), '{');
    EXPECT_NE(line.find("\"pid\":" + std::to_string(process) + ","), std::string::npos) << line;
    const bool is_last = file.peek() == ']';
    EXPECT_EQ(line.ends_with("},"), !is_last) << line;
    EXPECT_EQ(line.ends_with("}"), is_last) << line;
    events += line + "\n";
  }
  EXPECT_EQ(line, "]") << path;
  EXPECT_EQ(file.get(), std::char_traits<char>::eof()) << path;
  return events;
}

template <class Child>
pid_t forked(Child child) {
  const pid_t process = ::fork();
  if (process == 0) child();
  int status = 0;
  EXPECT_EQ(::waitpid(process, &status, 0), process);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  return process;
}

TEST(trace, is_a_file_for_each_process_and_whole_however_that_ends) {
  make_calls();
  // No threads in the children: ThreadSanitizer takes them for those of the parent.
  const pid_t exits = forked([] {
    EXPECT_EQ(stub<slow_add>(1, 2), 3);
    ::exit(0);
  });
  const pid_t just_ends = forked([] {
    EXPECT_EQ(stub<slow_add>(1, 2), 3);
    ::_exit(0);
  });
  const std::string file_of_exits = trace_path() + "." + std::to_string(exits);
  const std::string file_of_just_ends = trace_path() + "." + std::to_string(just_ends);

  const std::string written = events_of(file_of_exits, exits);
  EXPECT_NE(written.find("call_test::slow_add"), std::string::npos);
  events_of(file_of_just_ends, just_ends);
  events_of(trace_path(), ::getpid());
  for (const std::string& path : {file_of_exits, file_of_just_ends, trace_path()}) {
    std::filesystem::remove(path);
  }
}

}  // namespace
