// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.hpp"
#include "model/diagnostic.hpp"

namespace smartasync::gen {

/// reporter prints what a run finds to stderr, in the format and amount that the options ask for.
/// Standard output is left to what was asked for: differences, lists, command lines.
class reporter {
 public:
  explicit reporter(const options& given);

  /// name_as() makes findings at the absolute path `path` show `given` instead.
  void name_as(const std::string& path, const std::string& given) { names_[path] = given; }

  /// add() prints a finding: a warning unless --quiet, a note of its own only with --verbose.
  void add(diagnostic finding);
  void add(const std::vector<diagnostic>& findings);

  /// say() prints a line about what is done, with --verbose alone.
  void say(std::string_view line) const;

  /// findings() is all that was added, printed or not, in that order.
  const std::vector<diagnostic>& findings() const { return findings_; }

  /// failed() tells whether any finding was an error.
  bool failed() const { return failed_; }

 private:
  void rename(source_position& where) const;

  bool github_;
  bool quiet_;
  bool verbose_;
  bool colour_;
  bool failed_ = false;
  std::map<std::string, std::string> names_;
  std::vector<diagnostic> findings_;
};

}  // namespace smartasync::gen
