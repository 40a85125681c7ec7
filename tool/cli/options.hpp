// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/diagnostic.hpp"

namespace smartasync::gen {

/// options is the command line as it was given; options.def says what each member means. Paths are
/// as the user wrote them, and empty where the option is not given.
struct options {
#define SMARTASYNC_FLAG(member, names, help) bool member = false;
#define SMARTASYNC_VALUE(member, names, value, help) std::string member;
#define SMARTASYNC_LIST(member, names, value, help) std::vector<std::string> member;
#include "cli/options.def"
#undef SMARTASYNC_FLAG
#undef SMARTASYNC_VALUE
#undef SMARTASYNC_LIST
  std::vector<std::string> headers;
  std::vector<std::string> flags;  ///< what follows `--`
};

/// parsed_options holds the options when `faults` is empty.
struct parsed_options {
  options value;
  std::vector<diagnostic> faults;
};

/// parse_options() reads the arguments without the program's name. Values follow their option after
/// `=` or as the next argument. It finds all faults, those of options that exclude each other too.
/// LLVM's command-line library is not used: it would take the options that LLVM registers for
/// itself.
parsed_options parse_options(const std::vector<std::string>& arguments);

/// expand_response_files() replaces each `@FILE` by the arguments in FILE, quoted as for a shell.
std::vector<std::string> expand_response_files(const std::vector<std::string>& arguments);

}  // namespace smartasync::gen
