// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "emit/entry_plan.hpp"

namespace smartasync::gen {

/// function_object_text() is the struct that one entry's three functions stand on: its site, its
/// kind, what a pending call keeps, and the call of the author's function. The comment above says
/// in words what a pending call owns and what it borrows.
std::string function_object_text(const entry& what);

/// object_type() is the reference through which an entry's object is passed on:
/// `const ::shop::Client&`.
std::string object_type(const entry& what);

}  // namespace smartasync::gen
