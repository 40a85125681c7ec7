// SPDX-License-Identifier: MIT
#pragma once

#include <clang/Basic/SourceManager.h>

#include <functional>
#include <map>
#include <string>

#include "model/source_position.hpp"

namespace smartasync::gen {

/// shown_names are the names under which files are shown, by their real paths.
using shown_names = std::map<std::string, std::string, std::less<>>;

/// positions turns Clang's locations into places that a person finds: where a macro is used, not
/// where it is defined, and headers under the names by which they were given.
class positions {
 public:
  positions(const clang::SourceManager& sources, const shown_names& names)
      : sources_(sources), names_(names) {}

  /// at() is the place of a location; an invalid one gives an empty place.
  source_position at(clang::SourceLocation location) const;

  const clang::SourceManager& sources() const { return sources_; }

 private:
  const clang::SourceManager& sources_;
  const shown_names& names_;
};

}  // namespace smartasync::gen
