// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "emit/layout.hpp"
#include "model/function.hpp"
#include "model/template_head.hpp"

namespace smartasync::gen {

/// template_level is a run of template parameters of which only the last may be a pack, as those of
/// a class template must be.
using template_level = std::vector<template_parameter>;

/// template_levels() divides the parameters of a class and those of its method, or a function's
/// alone, into levels; none where nothing is a template.
std::vector<template_level> template_levels(const template_head& outer, const template_head& inner);

/// bare_head() is `template <class T, class... Ts>`, without defaults and constraints.
std::string bare_head(std::span<const template_parameter> parameters);

/// argument_list() is `<T, Ts...>`, and nothing for no parameters.
std::string argument_list(std::span<const template_parameter> parameters);

/// explicit_arguments() are those with which a function template can be called by name: what comes
/// after a pack is left to deduction, since a pack takes all that is said.
std::string explicit_arguments(const template_head& what);

/// head_lines() is the whole head as the author wrote it, defaults where they are wanted, with
/// `further` added to its constraint. Nothing for what is no template.
std::string head_lines(indent at, const template_head& what, bool with_defaults,
                       const std::string& further = {});

/// untagged_constraint() says that the first argument of a stub is not one of the tags, which a
/// parameter of a template's own type would take as well; empty where it is not needed.
std::string untagged_constraint(const function& what);

}  // namespace smartasync::gen
