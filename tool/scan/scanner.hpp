// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/adoption.hpp"
#include "model/diagnostic.hpp"
#include "model/namespace_map.hpp"
#include "model/unit.hpp"

namespace smartasync::gen {

/// scan_request says which headers to read, and how a compiler would read them.
struct scan_request {
  std::vector<std::string> headers;   ///< as given: a path, or as one includes it
  std::vector<std::string> flags;     ///< compiler flags, without the program's name and inputs
  std::string resource_dir;           ///< empty: the one that the tool was built with
  std::string working_directory;      ///< empty: the current one
  namespace_map namespaces;           ///< into which the entries go
  const adoption* adopted = nullptr;  ///< functions that are named elsewhere; may be null
  bool allow_empty = false;           ///< a header without annotated functions is no error
};

/// scan_result is what the headers hold. With an error among `diagnostics` the units are not to be
/// used; `environment_failed` tells that the error is not in the headers (exit status 3).
struct scan_result {
  std::vector<unit> units;  ///< one for each distinct header, sorted by path
  std::vector<diagnostic> diagnostics;
  bool environment_failed = false;
  std::vector<std::string> command;        ///< the compiler's command line as it was used
  std::vector<std::string> dropped_flags;  ///< what was left out of the given flags
  std::vector<std::string> read_alone;     ///< headers that could not be read beside the others
  std::set<std::pair<std::size_t, std::size_t>>
      adopted;                          ///< names of the rules that found something
  std::vector<std::string> not_parsed;  ///< headers in which the word smartasync does not occur
};

/// scan_headers() reads all headers in one translation unit, and again alone those that cannot
/// stand beside the others. It never throws for what is in a header, and writes nothing.
scan_result scan_headers(const scan_request& request);

/// clang_version() is the release of Clang that the tool reads with: `19.1.7`.
std::string clang_version();

}  // namespace smartasync::gen
