// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/is_view.hpp>

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace golden {

// Looks like a view, by its pointer.
struct slice {
  const char* begin;
  std::size_t size;
};

// Looks like one, and says that it is none: what it points at lives as long as the program.
struct literal {
  const char* text;
};

// Looks like an owner, for its destructor, and says that it is a view.
struct guard {
  explicit guard(const std::string& of) : text(&of) {}
  ~guard() { text = nullptr; }
  guard(const guard&) = default;
  guard& operator=(const guard&) = default;
  const std::string* text;
};

// Derives from a view, holds one, and is a template of one.
struct named : slice {
  int id = 0;
};
struct holder {
  std::vector<slice> all;
};

}  // namespace golden

template <>
struct smartasync::is_view<golden::literal> : std::false_type {};
template <>
struct smartasync::is_view<golden::guard> : std::true_type {};

namespace golden {

[[smartasync]] inline std::string of_slice(slice of) { return std::string(of.begin, of.size); }
[[smartasync]] inline std::string of_literal(literal of) { return of.text; }
[[smartasync]] inline std::string of_guard(guard of) { return *of.text; }
[[smartasync]] inline std::string of_named(named of) { return std::string(of.begin, of.size); }
[[smartasync]] inline std::size_t of_holder(const holder& of) { return of.all.size(); }
[[smartasync]] inline std::string of_pair(std::pair<int, slice> of) { return of_slice(of.second); }

}  // namespace golden
