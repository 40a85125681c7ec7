// SPDX-License-Identifier: MIT
#pragma once

#include <clang/Sema/Sema.h>

#include <optional>
#include <string>

#include "model/parameter.hpp"
#include "scan/type_text.hpp"

namespace smartasync::gen {

/// keep_wish is what the annotation says of one parameter.
enum class keep_wish { none, borrow, borrow_if_useful, own };

/// keep_decision is how a pending operation keeps an argument, or why it cannot.
struct keep_decision {
  keep_policy policy = keep_policy::moved;
  std::string owner;   ///< for `viewed`
  std::string reason;  ///< why it is borrowed where a copy would be expected, or empty
  std::optional<type_problem> problem;
  bool keeps_reference = false;  ///< as it is: a T&& that no T could be made of
};

/// decide_keep() applies the table of the contract: the first row that fits the type without its
/// reference. `result_may_point` tells that the result may point into arguments.
keep_decision decide_keep(clang::Sema& sema, type_speller& speller, clang::QualType type,
                          bool result_may_point, keep_wish wish);

}  // namespace smartasync::gen
