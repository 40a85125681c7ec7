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
  if (!type->isReferenceType() && !type->isDependentType() &&
      !can_be_complete(context.sema, type)) {
    context.report(diagnostic_id::incomplete_parameter, where,
                   "the parameter's type is only declared in this header",
                   "include its definition");
    return true;
  }
  return false;
}

// The parameter of the function's own template that a type is deduced as: `T`, `T&&`, `Ts...`.
std::string deduced_as(clang::QualType type, unsigned depth, const template_names& names,
                       bool is_pack) {
  const auto* parameter = type.getNonReferenceType()->getAs<clang::TemplateTypeParmType>();
  if (parameter == nullptr || parameter->getDepth() != depth) {
    return {};
  }
  return names.of(depth, parameter->getIndex()) + (is_pack ? "..." : "");
}

// The policy of a type that only instances of the template know.
keep_policy open_policy(keep_wish wish) {
  return wish == keep_wish::own    ? keep_policy::owned_by_type
         : wish == keep_wish::none ? keep_policy::by_type
                                   : keep_policy::borrowed_by_type;
}

bool is_stop_token(clang::QualType type) {
  return is_std(type.getNonReferenceType()->getAsCXXRecordDecl(), "stop_token");
}

parameter read_parameter(scan_context& context, const clang::FunctionDecl& function,
                         const clang::ParmVarDecl& declared, const mark& marked,
                         const template_names& names, const std::string& name,
                         const result_facts& returned) {
  parameter result;
  result.name = name;
  // The const of `const int n` is the function's own business.
  clang::QualType type = declared.getType().getUnqualifiedType();
  if (const auto* expansion = type->getAs<clang::PackExpansionType>()) {
    result.is_pack = true;
    type = expansion->getPattern().getUnqualifiedType();
  }
  if (refuse_type(context, declared, type)) {
    return result;
  }
  type_speller speller(context.sema.Context, names);
  result.type = speller.spell(type);
  result.declaration = speller.spell(type, result.is_pack ? "... " + name : name);
  const clang::QualType value = type.getNonReferenceType();
  clang::Qualifiers ignored;
  result.value_type = speller.spell(
      value->isArrayType() ? context.sema.Context.getUnqualifiedArrayType(value, ignored)
                           : value.getUnqualifiedType());
  result.scalar = type->isScalarType();
  if (own_parameters(function) != nullptr) {
    result.deduced_as =
        deduced_as(type, static_cast<unsigned>(names.around().size() - 1), names, result.is_pack);
  }

  const keep_wish wish = wish_for(declared, marked.value);
  keep_decision decision;
  if (type->isDependentType()) {
    decision.policy = open_policy(wish);
  } else {
    decision = decide_keep(context.sema, speller, type, returned.may_point, wish);
    if (returned.is_open &&
        decision.policy != decide_keep(context.sema, speller, type, true, wish).policy) {
      decision = {open_policy(wish), {}, {}, std::nullopt};
    }
  }
  result.keep = decision.policy;
  result.owner = decision.owner;
  result.keep_reason = decision.reason;
  if (decision.keeps_reference) {
    result.value_type = result.type;
  }
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

void read_parameters(scan_context& context, const clang::FunctionDecl& declared, const mark& marked,
                     const template_names& names, const result_facts& returned, function& result) {
  check_choices(context, declared, marked);
  const std::vector<std::string> called = names_of(declared);
  unsigned count = declared.getNumParams();
  result.takes_stop_token = count > 0 && is_stop_token(declared.getParamDecl(count - 1)->getType());
  count -= result.takes_stop_token ? 1 : 0;
  for (unsigned i = 0; i < count; ++i) {
    result.parameters.push_back(read_parameter(context, declared, *declared.getParamDecl(i), marked,
                                               names, called[i], returned));
  }
}

}  // namespace smartasync::gen
