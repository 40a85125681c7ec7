// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/diagnostic.hpp"
#include "model/namespace_map.hpp"
#include "model/unit.hpp"
#include "scan/adopted_functions.hpp"
#include "scan/header_lookup.hpp"
#include "scan/positions.hpp"

namespace smartasync::gen {

/// header_reading is what one header gave in one run.
struct header_reading {
  unit content;
  std::vector<diagnostic> findings;  ///< of ours, about what is annotated
  std::vector<diagnostic> errors;    ///< of the compiler's, in or through this header
  bool depends_on_neighbours = false;
  std::set<adopted_functions::rule_name> adopted;  ///< names of adoption files that found something
};

/// reading is what one translation unit gave: an element of `headers` for each header of the run.
struct reading {
  std::vector<header_reading> headers;
  std::vector<diagnostic> faults;  ///< of the environment, or errors in what -include names
  bool has_errors = false;         ///< the compiler's; then nothing of the units is to be used
};

/// read_headers() compiles one source file that includes the headers in their order.
reading read_headers(const std::vector<found_header>& headers,
                     const std::vector<std::string>& command, const std::string& working_directory,
                     const shown_names& names, const adoption& adopted,
                     const namespace_map& namespaces);

}  // namespace smartasync::gen
