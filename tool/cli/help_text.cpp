// SPDX-License-Identifier: MIT
#include "cli/help_text.hpp"

#include <string_view>

#include "scan/scanner.hpp"

namespace smartasync::gen {
namespace {

constexpr std::string_view introduction = R"(smartasync-gen [options] HEADER... [-- COMPILER-FLAGS]

Reads the functions and methods marked [[smartasync]] in each HEADER and writes their entries, which
synchronous and asynchronous callers use alike, to a header beside it: shop/client.smart.hpp for
shop/client.hpp. A HEADER is a path, or a name that the compiler finds as it finds an #include.

Only outputs that differ are written, all of them or, on any error, none. A file that smartasync-gen
did not write is never overwritten. @FILE stands for the arguments in FILE.

Options:
)";

constexpr std::string_view ending = R"(
Compiler flags come from -p, then from --flags-file, then from after '--', then from --extra-arg.
Flags that Clang does not know are left out.

Exit status:
  0  all went well; with --check, each output is what it should be
  1  --check found a stale, missing or orphaned output
  2  an error in a header or in its annotations
  3  an error in the command line, the configuration or the environment

Examples:
  smartasync-gen -o client.smart.hpp client.hpp -- -std=c++20 -Iinclude
  smartasync-gen --output-dir gen -p build include/shop/client.hpp include/shop/cart.hpp
  smartasync-gen --check --output-dir include -p build include/shop/client.hpp
)";

std::string entry(std::string_view names, std::string_view value, std::string_view help) {
  constexpr std::size_t column = 28;
  std::string text = "  ";
  const std::size_t space = names.find(' ');
  if (space != std::string_view::npos) {
    text += std::string(names.substr(space + 1)) + ", ";
  }
  const std::string_view name = names.substr(0, space);
  text += name;
  if (!value.empty()) {
    text += (name.starts_with("--") ? "=" : " ") + std::string(value);
  }
  if (text.size() + 2 > column) {
    text += "\n" + std::string(column, ' ');
  } else {
    text.append(column - text.size(), ' ');
  }
  return text + std::string(help) + "\n";
}

}  // namespace

std::string help_text() {
  std::string text(introduction);
#define SMARTASYNC_FLAG(member, names, help) text += entry(names, "", help);
#define SMARTASYNC_VALUE(member, names, value, help) text += entry(names, value, help);
#define SMARTASYNC_LIST(member, names, value, help) text += entry(names, value, help);
#include "cli/options.def"
#undef SMARTASYNC_FLAG
#undef SMARTASYNC_VALUE
#undef SMARTASYNC_LIST
  return text + std::string(ending);
}

std::string version_text() {
  return "smartasync-gen " SMARTASYNC_VERSION " (Clang " + clang_version() + ")\n";
}

}  // namespace smartasync::gen
