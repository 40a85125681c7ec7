// SPDX-License-Identifier: MIT
#include "scan/probe.hpp"

#include <clang/AST/ASTConsumer.h>
#include <clang/AST/ASTContext.h>
#include <clang/AST/Attr.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Lex/HeaderSearch.h>
#include <clang/Lex/Preprocessor.h>
#include <clang/Lex/PreprocessorOptions.h>
#include <llvm/Support/Path.h>

#include "scan/attribute.hpp"
#include "scan/invocation.hpp"
#include "scan/message_log.hpp"

namespace smartasync::gen {
namespace {

// One function for each form of the attribute.
constexpr const char* probe_text =
    "[[smartasync]] void bare();\n"
    "[[smartasync(executor = \"db\", serial)]] void with_arguments();\n"
    "[[smartasync::dual(executor = \"db\")]] void scoped();\n";
constexpr unsigned probe_marks = 3;

class mark_counter : public clang::ASTConsumer {
 public:
  explicit mark_counter(unsigned& marks) : marks_(marks) {}

  void HandleTranslationUnit(clang::ASTContext& context) override {
    for (const clang::Decl* declaration : context.getTranslationUnitDecl()->decls()) {
      for (const auto* mark : declaration->specific_attrs<clang::AnnotateAttr>()) {
        marks_ += mark->getAnnotation() == attribute_mark ? 1 : 0;
      }
    }
  }

 private:
  unsigned& marks_;
};

class probe_action : public clang::ASTFrontendAction {
 public:
  probe_action(unsigned& marks, std::vector<include_directory>& directories)
      : marks_(marks), directories_(directories) {}

  // What -include names is none of the probe's business and may be long.
  bool BeginInvocation(clang::CompilerInstance& compiler) override {
    compiler.getPreprocessorOpts().Includes.clear();
    compiler.getPreprocessorOpts().MacroIncludes.clear();
    return true;
  }

  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler,
                                                        llvm::StringRef) override {
    const clang::HeaderSearch& search = compiler.getPreprocessor().getHeaderSearchInfo();
    const auto add = [&](auto begin, auto end, bool angled) {
      for (auto place = begin; place != end; ++place) {
        llvm::SmallString<256> path(place->getName());
        compiler.getFileManager().makeAbsolutePath(path);
        llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
        directories_.push_back({path.str().str(), angled, place->isSystemHeaderDirectory()});
      }
    };
    add(search.quoted_dir_begin(), search.quoted_dir_end(), false);
    add(search.angled_dir_begin(), search.angled_dir_end(), true);
    add(search.system_dir_begin(), search.system_dir_end(), true);
    return std::make_unique<mark_counter>(marks_);
  }

 private:
  unsigned& marks_;
  std::vector<include_directory>& directories_;
};

}  // namespace

probe_result probe_compiler(const std::vector<std::string>& command,
                            const std::string& working_directory) {
  probe_result result;
  unsigned marks = 0;
  const shown_names names;
  message_log log(names);
  const bool is_well = run_compiler(command, probe_text, working_directory,
                                    std::make_unique<probe_action>(marks, result.directories), log);
  for (const compiler_message& message : log.messages()) {
    if (message.finding.id == diagnostic_id::compiler_flags) {
      result.faults.push_back(message.finding);
    }
  }
  if (!result.faults.empty()) {
    return result;
  }
  if (!is_well || marks != probe_marks) {
    diagnostic fault;
    fault.id = diagnostic_id::attribute_not_registered;
    fault.message = "Clang sees " + std::to_string(marks) + " of " + std::to_string(probe_marks) +
                    " attributes in a test text";
    for (const compiler_message& message : log.messages()) {
      fault.notes.push_back({{}, "it says: " + message.finding.message});
    }
    result.faults.push_back(std::move(fault));
  }
  return result;
}

}  // namespace smartasync::gen
