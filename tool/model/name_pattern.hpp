// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace smartasync::gen {

/// expand_braces() makes `db::{exec,get}` into `db::exec` and `db::get`; braces may nest. Braces
/// that do not close are left as they are.
std::vector<std::string> expand_braces(std::string_view pattern);

/// is_name_pattern() tells whether each name that the braces stand for is a qualified name with
/// globs, and nothing that could not be one.
bool is_name_pattern(std::string_view pattern);

/// is_glob() tells whether the pattern has a `*`, and so may name more than one thing.
bool is_glob(std::string_view pattern);

/// matches_name() tells whether a qualified name fits a pattern: `*` stands for any text within one
/// part of the name, never for a `::`. A leading `::` of the pattern says nothing.
bool matches_name(std::string_view pattern, std::string_view name);

}  // namespace smartasync::gen
