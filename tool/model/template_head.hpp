// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace smartasync::gen {

/// template_parameter is one parameter of a template, each text in the spelling of the entries.
struct template_parameter {
  std::string name;
  std::string declaration;   ///< `std::integral T`, `class... Ts`, `std::size_t N`
  std::string bare;          ///< the same without its constraint: `class T`
  std::string default_text;  ///< what stands behind the sign, or empty
  bool is_pack = false;

  /// argument() is the parameter where it is handed on: `T`, `Ts...`.
  std::string argument() const { return is_pack ? name + "..." : name; }
};

/// template_head is what stands before a template; empty for what is none.
struct template_head {
  std::vector<template_parameter> parameters;
  std::string requires_text;  ///< the constraint behind the list, or empty

  bool empty() const { return parameters.empty(); }
};

}  // namespace smartasync::gen
