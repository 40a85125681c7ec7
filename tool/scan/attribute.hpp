// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace smartasync::gen {

/// attribute_mark is the text of the annotations that stand for our attribute in Clang's tree; an
/// author's own [[clang::annotate("smartasync")]] is none of ours.
inline constexpr const char* attribute_mark = "smartasync-gen:mark";

/// register_attribute() makes this process' Clang accept [[smartasync]] and [[smartasync::dual]].
/// It must run before the first parse, and may run again. A registration object of namespace scope
/// would do the same, but a linker drops it with its archive member, and the tool would find
/// nothing.
void register_attribute();

/// attribute_macro() is the -D flag that lets [[smartasync(key = value)]] through: Clang would read
/// the arguments as C++ expressions. The macro takes parentheses, so the bare form is not its.
std::string attribute_macro();

}  // namespace smartasync::gen
