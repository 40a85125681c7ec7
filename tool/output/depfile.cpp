// SPDX-License-Identifier: MIT
#include "output/depfile.hpp"

#include <algorithm>
#include <cstddef>

namespace smartasync::gen {
namespace {

// A backslash means itself unless a space or a '#' follows the run of backslashes.
std::string escaped(const std::string& name) {
  std::string text;
  std::size_t backslashes = 0;
  for (const char c : name) {
    if (c == ' ' || c == '\t' || c == '#') {
      text.append(backslashes + 1, '\\');
    } else if (c == '$') {
      text += '$';
    }
    text += c;
    backslashes = c == '\\' ? backslashes + 1 : 0;
  }
  return text;
}

}  // namespace

std::string depfile_text(const std::vector<std::string>& targets,
                         std::vector<std::string> dependencies) {
  std::sort(dependencies.begin(), dependencies.end());
  dependencies.erase(std::unique(dependencies.begin(), dependencies.end()), dependencies.end());
  std::string text;
  for (const std::string& target : targets) {
    text += (text.empty() ? "" : " ") + escaped(target);
  }
  text += ':';
  for (const std::string& dependency : dependencies) {
    text += " \\\n  " + escaped(dependency);
  }
  return text + '\n';
}

}  // namespace smartasync::gen
