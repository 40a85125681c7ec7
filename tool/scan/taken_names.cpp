// SPDX-License-Identifier: MIT
#include "scan/taken_names.hpp"

#include <clang/AST/ASTContext.h>
#include <clang/AST/DeclTemplate.h>

#include <algorithm>
#include <string>
#include <utility>

#include "scan/declaration_log.hpp"
#include "scan/type_text.hpp"

namespace smartasync::gen {
namespace {

void report_taken(scan_context& context, const clang::NamedDecl& author,
                  const clang::NamedDecl& taker, const std::string& name) {
  // Declared by a neighbour, it is none of this header's business: the log finds that out.
  declaration_log::note_name(*taker.getUnderlyingDecl());
  const source_position where = context.places.at(taker.getLocation());
  const std::string file = context.places.at(author.getLocation()).file;
  const auto says_so = [&](const diagnostic& each) {
    return each.id == diagnostic_id::name_taken && each.where.file == file &&
           each.notes.front().where.file == where.file &&
           each.notes.front().where.line == where.line &&
           each.notes.front().where.column == where.column;
  };
  // One that has the namespace's name stands in the way of all its entries.
  if (std::any_of(context.findings.begin(), context.findings.end(), says_so)) {
    return;
  }
  diagnostic finding{
      diagnostic_id::name_taken,
      context.places.at(author.getLocation()),
      "the entries of '" + shown_name(author) + "' need the name '" + name + "', which is taken",
      {}};
  finding.notes.push_back({where, "it is declared here"});
  finding.notes.push_back(
      {{}, "send the entries elsewhere with --namespace-map, or rename them with name = \"...\""});
  context.findings.push_back(std::move(finding));
}

clang::DeclarationName identifier(const scan_context& context, const std::string& name) {
  return &context.sema.Context.Idents.get(name);
}

// The namespace that the entries go to; null where nothing has opened it yet, or where its name is
// that of something else, which is reported.
clang::DeclContext* open_target(scan_context& context, const clang::NamedDecl& author,
                                const std::vector<std::string>& target) {
  clang::DeclContext* at = context.sema.Context.getTranslationUnitDecl();
  std::string name;
  for (const std::string& part : target) {
    name += (name.empty() ? "" : "::") + part;
    clang::DeclContext* next = nullptr;
    for (clang::NamedDecl* found : at->lookup(identifier(context, part))) {
      next = llvm::dyn_cast<clang::NamespaceDecl>(found);
      if (next == nullptr) {
        report_taken(context, author, *found, name);
        return nullptr;
      }
    }
    if (next == nullptr) {
      return nullptr;
    }
    at = next;
  }
  return at;
}

bool same_types(const clang::FunctionDecl& one, const clang::FunctionDecl& other,
                std::size_t arity) {
  if (other.getNumParams() != arity) {
    return false;
  }
  const clang::ASTContext& context = one.getASTContext();
  for (unsigned i = 0; i < arity; ++i) {
    if (!context.hasSameUnqualifiedType(one.getParamDecl(i)->getType(),
                                        other.getParamDecl(i)->getType())) {
      return false;
    }
  }
  return true;
}

// Whether no overload resolution could tell an entry and `other` apart.
bool clashes(scan_context& context, const clang::FunctionDecl& declared, const function& read,
             clang::FunctionDecl& other) {
  if (declared.getDescribedFunctionTemplate() != nullptr ||
      other.getDescribedFunctionTemplate() != nullptr) {
    return !context.sema.IsOverload(const_cast<clang::FunctionDecl*>(&declared), &other,
                                    /*UseMemberUsingDeclRules=*/false);
  }
  return same_types(declared, other, read.parameters.size()) ||
         std::any_of(read.shorter_arities.begin(), read.shorter_arities.end(),
                     [&](std::size_t arity) { return same_types(declared, other, arity); });
}

std::string qualified(const std::vector<std::string>& target, const std::string& name) {
  return target.empty() ? name : joined(target) + "::" + name;
}

}  // namespace

void check_taken_names(scan_context& context, const clang::FunctionDecl& declared,
                       const function& read) {
  const std::vector<std::string> target = context.namespaces.target(read.namespaces);
  clang::DeclContext* space = open_target(context, declared, target);
  if (space == nullptr) {
    return;
  }
  const clang::DeclarationName name =
      read.marks.name ? identifier(context, *read.marks.name) : declared.getDeclName();
  for (clang::NamedDecl* found : space->lookup(name)) {
    clang::FunctionDecl* other = found->getUnderlyingDecl()->getAsFunction();
    if (other == nullptr || clashes(context, declared, read, *other)) {
      report_taken(context, declared, *found, qualified(target, read.entry_name()));
      return;
    }
  }
}

void check_taken_names(scan_context& context, const clang::CXXRecordDecl& declared,
                       const record& read) {
  const std::vector<std::string> target = context.namespaces.target(read.namespaces);
  clang::DeclContext* space = open_target(context, declared, target);
  if (space == nullptr || !read.no_facade_reason.empty()) {
    return;
  }
  for (clang::NamedDecl* found : space->lookup(declared.getDeclName())) {
    clang::NamedDecl* bare = found;
    if (auto* generic = llvm::dyn_cast<clang::ClassTemplateDecl>(found)) {
      bare = generic->getTemplatedDecl();
    }
    const auto* other = llvm::dyn_cast<clang::CXXRecordDecl>(bare);
    if (other == nullptr || other->hasDefinition()) {
      report_taken(context, declared, *found, qualified(target, read.name));
      return;
    }
  }
}

}  // namespace smartasync::gen
