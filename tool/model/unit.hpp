// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "model/function.hpp"
#include "model/record.hpp"

namespace smartasync::gen {

/// skipped_function is one that an adoption file sweeps in and that can have no entries.
struct skipped_function {
  std::string qualified_name;
  source_position where;
  std::string reason;
};

/// unit is what one header holds for the generator: free functions and classes in source order.
struct unit {
  std::string header;        ///< the path to it, absolute
  std::string include_name;  ///< as its users include it: `shop/client.hpp`
  bool angled = false;       ///< included as <...>
  std::vector<std::variant<function, record>> items;
  std::vector<skipped_function> skipped;
  std::vector<std::string> dependencies;  ///< every file it reads, itself included; for the depfile
};

}  // namespace smartasync::gen
