// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/diagnostic.hpp"
#include "output/output_file.hpp"

namespace smartasync::gen {

/// write_report tells what file_set did, by the names that the user knows. With faults nothing was
/// touched.
struct write_report {
  std::vector<std::string> written;
  std::vector<std::string> unchanged;
  std::vector<diagnostic> faults;
};

/// record_kind is what a file about the run is.
enum class record_kind { stamp, depfile, manifest, sarif_log };

/// file_set writes the outputs of one run: all of them or none. A file whose text is the same keeps
/// its time, so that nothing that includes it is built again.
class file_set {
 public:
  /// `root` is the absolute directory that no output may leave; empty where the user has named the
  /// output itself.
  explicit file_set(std::string root) : root_(std::move(root)) {}

  /// add() takes a generated header. An existing file without our banner in its place is a fault.
  void add(output_file file) { outputs_.push_back(std::move(file)); }

  /// add_record() takes a file about the run: it is written every time, after the outputs, so that
  /// its time is never before theirs. A file in its place that does not look like one is a fault.
  void add_record(output_file file, record_kind kind) {
    records_.push_back({std::move(file), kind});
  }

  /// rehearse() finds the faults and says what write() would write; it touches nothing. With
  /// `force` unchanged outputs count as changed.
  write_report rehearse(bool force) const;

  /// write() writes what rehearse() says. Each text is complete on disk under a temporary name
  /// before the first one takes its place.
  write_report write(bool force) const;

 private:
  struct placed {
    const output_file* file;
    std::string target;  ///< `path` with symbolic links followed: what is replaced
  };

  struct record {
    output_file file;
    record_kind kind;
  };

  write_report prepare(bool force, std::vector<placed>& changed) const;

  std::string root_;
  std::vector<output_file> outputs_;
  std::vector<record> records_;
};

}  // namespace smartasync::gen
