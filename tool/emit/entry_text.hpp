// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "emit/entry_plan.hpp"
#include "emit/layout.hpp"

namespace smartasync::gen {

/// entry_place says where three entries stand, and so how they are written.
struct entry_place {
  indent at = 0;
  std::string specifiers;  ///< `inline`, `static`
  std::string qualifiers;  ///< `const`, `&&`
  std::string object;      ///< the first argument: `static_cast<::shop::Client&>(*this)`, or none
  std::string objects;     ///< what stands before a function object's name: `shop_client_hpp::`
  bool borrows_this = false;  ///< a pending call points into `*this`
};

/// entry_text() is the dispatch stub, the sync entry and the async entry of one function.
std::string entry_text(const entry& what, const entry_place& where);

}  // namespace smartasync::gen
