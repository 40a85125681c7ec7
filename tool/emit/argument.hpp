// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/parameter.hpp"

namespace smartasync::gen {

/// policy_text() is the runtime's template that keeps this argument of a pending call:
/// `smartasync::moved<std::string>`.
std::string policy_text(const parameter& what);

/// is_borrowed() tells whether a pending call points into the caller's argument.
bool is_borrowed(const parameter& what);

/// entry_parameter() is the parameter as the stub and the async entry declare it: with its default
/// argument, and marked where the call borrows it. The sync entry's has no such mark.
std::string entry_parameter(const parameter& what, bool marked);

/// invoke_parameter() is the parameter of `invoke`, which takes objects by reference, since they
/// are kept by then.
std::string invoke_parameter(const parameter& what);

/// passed_on() is the argument of a call to which this parameter is handed on.
std::string passed_on(const parameter& what);

}  // namespace smartasync::gen
