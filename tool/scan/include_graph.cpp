// SPDX-License-Identifier: MIT
#include "scan/include_graph.hpp"

#include <algorithm>

namespace smartasync::gen {

class include_graph::callbacks : public clang::PPCallbacks {
 public:
  explicit callbacks(include_graph& graph) : graph_(graph) {}

  void InclusionDirective(clang::SourceLocation hash, const clang::Token&, llvm::StringRef, bool,
                          clang::CharSourceRange, clang::OptionalFileEntryRef included,
                          llvm::StringRef, llvm::StringRef, const clang::Module*, bool,
                          clang::SrcMgr::CharacteristicKind) override {
    const file includer = graph_.file_of(hash);
    if (!included) {
      return;
    }
    const file target = &included->getFileEntry();
    graph_.includes_[includer].insert(target);
    const llvm::StringRef real = target->tryGetRealPathName();
    graph_.names_.try_emplace(target, real.empty() ? included->getName().str() : real.str());
    if (includer != nullptr && graph_.sources_.isInMainFile(hash)) {
      graph_.main_lines_[graph_.sources_.getSpellingLineNumber(hash)] = target;
    }
  }

  void MacroExpands(const clang::Token& name, const clang::MacroDefinition& macro,
                    clang::SourceRange, const clang::MacroArgs*) override {
    use(name, macro);
  }
  void Ifdef(clang::SourceLocation, const clang::Token& name,
             const clang::MacroDefinition& macro) override {
    use(name, macro);
  }
  void Ifndef(clang::SourceLocation, const clang::Token& name,
              const clang::MacroDefinition& macro) override {
    use(name, macro);
  }
  void Defined(const clang::Token& name, const clang::MacroDefinition& macro,
               clang::SourceRange) override {
    use(name, macro);
  }
  void Elifdef(clang::SourceLocation, const clang::Token& name,
               const clang::MacroDefinition& macro) override {
    use(name, macro);
  }
  void Elifndef(clang::SourceLocation, const clang::Token& name,
                const clang::MacroDefinition& macro) override {
    use(name, macro);
  }
  void MacroUndefined(const clang::Token& name, const clang::MacroDefinition& macro,
                      const clang::MacroDirective*) override {
    graph_.use(name.getLocation(), macro.getMacroInfo(), true);
  }
  void SourceRangeSkipped(clang::SourceRange range, clang::SourceLocation) override {
    graph_.skipped_.push_back(range);
  }

 private:
  void use(const clang::Token& name, const clang::MacroDefinition& macro) {
    graph_.use(name.getLocation(), macro.getMacroInfo(), false);
  }

  include_graph& graph_;
};

std::unique_ptr<clang::PPCallbacks> include_graph::recorder() {
  return std::make_unique<callbacks>(*this);
}

include_graph::file include_graph::file_of(clang::SourceLocation location) const {
  return sources_.getFileEntryForID(sources_.getFileID(sources_.getExpansionLoc(location)));
}

// System headers rely on one another's macros all the time (__need_size_t), each in a way that does
// not depend on who came first; they are not looked into.
void include_graph::use(clang::SourceLocation where, const clang::MacroInfo* macro, bool removes) {
  if (macro == nullptr || macro->getDefinitionLoc().isInvalid()) {
    return;
  }
  const clang::SourceLocation used = sources_.getExpansionLoc(where);
  const file user = file_of(used);
  const file definer = file_of(macro->getDefinitionLoc());
  if (user == nullptr || definer == nullptr || user == definer) {
    return;
  }
  if (sources_.isInSystemHeader(used) && sources_.isInSystemHeader(macro->getDefinitionLoc())) {
    return;
  }
  if (seen_.insert({user, {definer, removes ? 1U : 0U}}).second) {
    uses_.push_back({user, definer, removes});
  }
}

include_graph::files include_graph::closure(file root) const {
  files result;
  // What -include names is included by no file, and belongs to every header.
  std::vector<file> open{root, nullptr};
  while (!open.empty()) {
    const file next = open.back();
    open.pop_back();
    if (!result.insert(next).second) {
      continue;
    }
    const auto found = includes_.find(next);
    if (found != includes_.end()) {
      open.insert(open.end(), found->second.begin(), found->second.end());
    }
  }
  return result;
}

bool include_graph::depends_on_neighbours(file header) const {
  const files own = closure(header);
  return std::any_of(uses_.begin(), uses_.end(), [&](const macro_use& use) {
    const bool is_used_here = own.contains(use.user);
    const bool is_defined_here = own.contains(use.definer);
    return use.removes ? is_defined_here && !is_used_here : is_used_here && !is_defined_here;
  });
}

std::vector<std::string> include_graph::paths(const files& members) const {
  std::vector<std::string> result;
  for (const file member : members) {
    const auto found = names_.find(member);
    if (found != names_.end()) {
      result.push_back(found->second);
    }
  }
  std::sort(result.begin(), result.end());
  return result;
}

include_graph::file include_graph::included_by_main(unsigned line) const {
  const auto found = main_lines_.find(line);
  return found == main_lines_.end() ? nullptr : found->second;
}

}  // namespace smartasync::gen
