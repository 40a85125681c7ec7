// SPDX-License-Identifier: MIT
#include "scan/parameter_reader.hpp"

#include <llvm/ADT/StringSet.h>

#include <algorithm>

#include "scan/awaitable.hpp"
#include "scan/keep_rules.hpp"
#include "scan/type_text.hpp"

namespace smartasync::gen {
namespace {

// The names that parameters have in the entries: unnamed ones get one, and none is that of a member
// of the emitted classes.
std::vector<std::string> names_of(const clang::FunctionDecl& declared) {
  std::vector<std::string> names;
  for (const clang::ParmVarDecl* parameter : declared.parameters()) {
    names.push_back(parameter->getNameAsString());
  }
  const auto is_taken = [&](const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty() || names[i] == "object_") {
      std::string name = names[i].empty() ? "arg" + std::to_string(i + 1) : "object_arg";
      while (is_taken(name)) {
        name += "_";
      }
      names[i] = name;
    }
  }
  return names;
}

keep_wish wish_for(const clang::ParmVarDecl& parameter, const annotation& value) {
  const auto names_it = [&](const parameter_choice& choice) {
    return !choice.parameter.empty() && choice.parameter == parameter.getName();
  };
  if (std::any_of(value.own.begin(), value.own.end(), names_it)) {
    return keep_wish::own;
  }
  if (std::any_of(value.borrow.begin(), value.borrow.end(), names_it)) {
    return keep_wish::borrow;
  }
  return value.borrow_all ? keep_wish::borrow_if_useful : keep_wish::none;
}

source_position choice_position(const mark& marked, const parameter_choice& choice) {
  return marked.text.empty() ? marked.attribute
                             : position_in(marked.where, marked.text, choice.offset);
}

// A `borrow` or `own` that names nothing.
void check_choices(scan_context& context, const clang::FunctionDecl& declared, const mark& marked) {
  std::string names;
  for (const clang::ParmVarDecl* parameter : declared.parameters()) {
    names +=
        (names.empty() || parameter->getName().empty() ? "" : ", ") + parameter->getNameAsString();
  }
  for (const auto* choices : {&marked.value.borrow, &marked.value.own}) {
    for (const parameter_choice& choice : *choices) {
      const bool is_known = std::any_of(
          declared.param_begin(), declared.param_end(),
          [&](const clang::ParmVarDecl* one) { return one->getName() == choice.parameter; });
      if (!is_known) {
        context.report(
            diagnostic_id::annotation_unknown_parameter, choice_position(marked, choice),
            "there is no parameter '" + choice.parameter + "'",
            names.empty() ? "the function has no named parameter" : "its parameters are " + names);
      }
    }
  }
}

// Types that no pending operation can take, whatever the table says.
bool refuse_type(scan_context& context, const clang::ParmVarDecl& declared, clang::QualType type) {
  const clang::QualType value = type.getNonReferenceType();
  const clang::CXXRecordDecl* record = value->getAsCXXRecordDecl();
  const source_position where = context.places.at(declared.getLocation());
  if (is_std(record, "initializer_list")) {
    context.report(diagnostic_id::initializer_list_parameter, where,
                   "a std::initializer_list does not outlive the call",
                   "take a std::vector or a std::span of const");
    return true;
  }
  if (is_std(record, "stop_token")) {
    context.report(diagnostic_id::stop_token_not_supported, where,
                   "functions that take a std::stop_token have no entries yet",
                   "ask smartasync::current_stop_token() inside of the function");
    return true;
  }
  if (!type->isReferenceType() && !is_complete(context.sema, type)) {
    context.report(diagnostic_id::incomplete_parameter, where,
                   "the parameter's type is only declared in this header",
                   "include its definition");
    return true;
  }
  return false;
}

parameter read_parameter(scan_context& context, const clang::ParmVarDecl& declared,
                         const mark& marked, const std::string& name, bool result_may_point) {
  parameter result;
  result.name = name;
  // The const of `const int n` is the function's own business.
  const clang::QualType type = declared.getType().getUnqualifiedType();
  if (refuse_type(context, declared, type)) {
    return result;
  }
  type_speller speller(context.sema.Context);
  result.type = speller.spell(type);
  result.declaration = speller.spell(type, name);
  const clang::QualType value = type.getNonReferenceType();
  clang::Qualifiers ignored;
  result.value_type = speller.spell(
      value->isArrayType() ? context.sema.Context.getUnqualifiedArrayType(value, ignored)
                           : value.getUnqualifiedType());
  result.scalar = type->isScalarType();

  const keep_wish wish = wish_for(declared, marked.value);
  const keep_decision decision = decide_keep(context.sema, speller, type, result_may_point, wish);
  result.keep = decision.policy;
  result.owner = decision.owner;
  result.keep_reason = decision.reason;
  const source_position where = context.places.at(declared.getLocation());
  if (speller.problem()) {
    context.report(speller.problem()->id, where, speller.problem()->message,
                   "use a public type with a name of its own");
  }
  if (decision.problem) {
    const auto& choices = wish == keep_wish::own ? marked.value.own : marked.value.borrow;
    const auto choice =
        std::find_if(choices.begin(), choices.end(),
                     [&](const parameter_choice& one) { return one.parameter == name; });
    context.report(decision.problem->id,
                   choice == choices.end() ? where : choice_position(marked, *choice),
                   "parameter '" + name + "': " + decision.problem->message);
  }
  return result;
}

}  // namespace

std::vector<parameter> read_parameters(scan_context& context, const clang::FunctionDecl& declared,
                                       const mark& marked, bool result_may_point) {
  check_choices(context, declared, marked);
  const std::vector<std::string> names = names_of(declared);
  std::vector<parameter> result;
  for (unsigned i = 0; i < declared.getNumParams(); ++i) {
    result.push_back(
        read_parameter(context, *declared.getParamDecl(i), marked, names[i], result_may_point));
  }
  return result;
}

}  // namespace smartasync::gen
