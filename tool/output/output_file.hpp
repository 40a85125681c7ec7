// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace smartasync::gen {

/// output_file is a text and the place where it belongs.
struct output_file {
  std::string path;    ///< absolute
  std::string shown;   ///< the same place as the user named it, for messages
  std::string text;    ///< the whole content
  std::string header;  ///< the include name of the header it is made from
};

}  // namespace smartasync::gen
