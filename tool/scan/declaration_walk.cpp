// SPDX-License-Identifier: MIT
#include "scan/declaration_walk.hpp"

#include <clang/AST/ASTContext.h>
#include <clang/AST/DeclFriend.h>
#include <clang/AST/DeclTemplate.h>

#include <algorithm>

#include "scan/function_reader.hpp"
#include "scan/mark.hpp"
#include "scan/record_reader.hpp"
#include "scan/taken_names.hpp"
#include "scan/type_text.hpp"

namespace smartasync::gen {

// Remembers where the attributes of a declaration stand. False if it has none.
bool declaration_walk::note_marks(const clang::Decl& declaration) {
  const auto marks = own_marks(declaration);
  const clang::SourceManager& sources = context_.places.sources();
  for (const clang::AnnotateAttr* mark : marks) {
    const auto [id, offset] =
        sources.getDecomposedLoc(sources.getExpansionLoc(mark->getLocation()));
    marks_.emplace(sources.getFileEntryForID(id), offset);
  }
  return !marks.empty();
}

bool declaration_walk::seen(file header, unsigned begin, unsigned end) const {
  const auto next = marks_.lower_bound({header, begin});
  return next != marks_.end() && next->first == header && next->second < end;
}

declaration_walk::file declaration_walk::file_of(const clang::Decl& declaration) const {
  const clang::SourceManager& sources = context_.places.sources();
  const clang::FileID id = sources.getFileID(sources.getExpansionLoc(declaration.getLocation()));
  return sources.getFileEntryForID(id);
}

void declaration_walk::refuse_marks(const clang::Decl& declaration, const std::string& what) {
  if (!note_marks(declaration)) {
    return;
  }
  context_.report(diagnostic_id::attribute_on_non_function,
                  context_.places.at(own_marks(declaration).front()->getLocation()),
                  "the attribute marks " + what, "put it before a function or method");
}

void declaration_walk::walk(clang::DeclContext& scope) {
  for (clang::Decl* declaration : scope.decls()) {
    if (auto* linkage = llvm::dyn_cast<clang::LinkageSpecDecl>(declaration)) {
      walk(*linkage);
      continue;
    }
    const file header = file_of(*declaration);
    const auto found = units_.find(header);
    if (found != units_.end()) {
      log_.enter(header);
      visit(*declaration, *found->second);
    }
  }
}

void declaration_walk::visit(clang::Decl& declaration, unit& into) {
  if (declaration.isImplicit()) {
    return;
  }
  if (auto* space = llvm::dyn_cast<clang::NamespaceDecl>(&declaration)) {
    refuse_marks(*space, "a namespace");
    walk(*space);
  } else if (auto* befriended = llvm::dyn_cast<clang::FriendDecl>(&declaration)) {
    if (clang::NamedDecl* named = befriended->getFriendDecl()) {
      visit(*named, into);
    }
  } else if (auto* generic = llvm::dyn_cast<clang::TemplateDecl>(&declaration)) {
    if (clang::NamedDecl* inner = generic->getTemplatedDecl()) {
      visit(*inner, into);
    }
  } else if (auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(&declaration)) {
    visit_class(*record, into);
  } else if (auto* declared = llvm::dyn_cast<clang::FunctionDecl>(&declaration)) {
    visit_function(*declared, into);
  } else if (llvm::isa<clang::VarDecl>(declaration)) {
    refuse_marks(declaration, "a variable");
  } else if (llvm::isa<clang::FieldDecl>(declaration)) {
    refuse_marks(declaration, "a data member");
  } else if (llvm::isa<clang::EnumDecl, clang::TypedefNameDecl>(declaration)) {
    refuse_marks(declaration, "a type");
  } else {
    refuse_marks(declaration, "something that is no function");
  }
}

void declaration_walk::visit_class(clang::CXXRecordDecl& declared, unit& into) {
  refuse_marks(declared, "a class");
  if (!declared.isThisDeclarationADefinition()) {
    return;
  }
  const std::size_t before = into.items.size();
  for (clang::Decl* member : declared.decls()) {
    visit_member(*member, into);
  }
  std::vector<record> nested;
  for (std::size_t i = before; i < into.items.size(); ++i) {
    if (auto* inner = std::get_if<record>(&into.items[i])) {
      nested.push_back(std::move(*inner));
    }
  }
  std::erase_if(into.items, [&, place = std::size_t{0}](const item& one) mutable {
    return place++ >= before && std::holds_alternative<record>(one);
  });
  if (std::optional<record> read = read_record(context_, declared, std::move(nested))) {
    if (!declared.getDeclContext()->isRecord()) {
      check_taken_names(context_, declared, *read);
    }
    into.items.emplace_back(std::move(*read));
  }
}

void declaration_walk::visit_member(clang::Decl& member, unit& into) {
  clang::Decl* bare = &member;
  if (auto* generic = llvm::dyn_cast<clang::FunctionTemplateDecl>(&member)) {
    bare = generic->getTemplatedDecl();
  }
  if (auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(bare)) {
    visit_method(*method);
  } else {
    visit(member, into);
  }
}

// Its class reads it; here is what stands beside that.
void declaration_walk::visit_method(clang::CXXMethodDecl& declared) {
  note_marks(declared);
  for (const clang::ParmVarDecl* parameter : declared.parameters()) {
    refuse_marks(*parameter, "a parameter");
  }
}

void declaration_walk::visit_function(clang::FunctionDecl& declared, unit& into) {
  for (const clang::ParmVarDecl* parameter : declared.parameters()) {
    refuse_marks(*parameter, "a parameter");
  }
  const bool is_marked = note_marks(declared);
  if (!is_marked) {
    const bool is_new = !declared.isOutOfLine() && !context_.adopted.selected(declared).empty() &&
                        read_.try_emplace(declared.getCanonicalDecl(), &declared).second;
    if (!is_new) {
      return;
    }
    add(declared, into);
    return;
  }
  const bool is_befriended = declared.getFriendObjectKind() != clang::Decl::FOK_None;
  if (declared.isOutOfLine() && llvm::isa<clang::CXXMethodDecl>(declared)) {
    context_.report(diagnostic_id::attribute_on_redeclaration,
                    context_.places.at(declared.getLocation()),
                    "the attribute stands on a definition outside of the class",
                    "put it on the declaration inside of the class");
    return;
  }
  const auto [first, is_new] = read_.try_emplace(declared.getCanonicalDecl(), &declared);
  if (!is_new && !is_befriended) {
    // Declared twice: the second time may say the same, and no more.
    std::vector<diagnostic> ignored;
    const clang::Preprocessor& preprocessor = context_.sema.getPreprocessor();
    const auto text = [&](const clang::FunctionDecl& one) {
      return read_mark(*own_marks(one).front(), preprocessor, context_.places, ignored).text;
    };
    if (text(*first->second) != text(declared)) {
      context_.report(
          diagnostic_id::attribute_on_redeclaration, context_.places.at(declared.getLocation()),
          "'" + shown_name(declared) + "' is declared before with other arguments of the attribute",
          "annotate one of the declarations");
    }
    return;
  }
  add(declared, into);
}

void declaration_walk::add(const clang::FunctionDecl& declared, unit& into) {
  if (std::optional<function> read = read_function(context_, declared)) {
    check_taken_names(context_, declared, *read);
    into.items.emplace_back(std::move(*read));
  }
}

}  // namespace smartasync::gen
