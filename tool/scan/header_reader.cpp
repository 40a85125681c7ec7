// SPDX-License-Identifier: MIT
#include "scan/header_reader.hpp"

#include <clang/Frontend/CompilerInstance.h>
#include <clang/Sema/SemaConsumer.h>

#include "scan/declaration_walk.hpp"
#include "scan/include_graph.hpp"
#include "scan/invocation.hpp"
#include "scan/mark_audit.hpp"
#include "scan/message_log.hpp"

namespace smartasync::gen {
namespace {

// Each header has two lines of the main file: its include directive, and a declaration that is only
// seen in its place if the header has closed what it opened. Clang does not miss the brace at the
// end of a function whose body it skips, and would skip the headers after it as well.
constexpr const char* end_mark = "smartasync_gen_end_of_header_";

unsigned include_line(std::size_t header) { return static_cast<unsigned>(2 * header + 1); }

bool is_closed(clang::ASTContext& context, std::size_t header) {
  const std::string name = end_mark + std::to_string(header);
  return !context.getTranslationUnitDecl()
              ->lookup(clang::DeclarationName(&context.Idents.get(name)))
              .empty();
}

// Reads the units when the translation unit is complete and Sema still there to be asked.
class header_consumer : public clang::SemaConsumer {
 public:
  header_consumer(clang::CompilerInstance& compiler, reading& result, const shown_names& names,
                  const adoption& adopted, const namespace_map& namespaces)
      : compiler_(compiler),
        result_(result),
        names_(names),
        adopted_(adopted),
        namespaces_(namespaces),
        graph_(std::make_unique<include_graph>(compiler.getSourceManager())) {
    compiler.getPreprocessor().addPPCallbacks(graph_->recorder());
  }

  void InitializeSema(clang::Sema& sema) override { sema_ = &sema; }
  void ForgetSema() override { sema_ = nullptr; }

  void HandleTranslationUnit(clang::ASTContext& context) override {
    if (context.getDiagnostics().hasErrorOccurred()) {
      return;
    }
    if (find_open_header(context)) {
      return;
    }
    const clang::SourceManager& sources = compiler_.getSourceManager();
    const positions places(sources, names_);
    llvm::DenseMap<declaration_walk::file, unit*> units;
    llvm::DenseMap<declaration_walk::file, header_reading*> readings;
    for (std::size_t i = 0; i < result_.headers.size(); ++i) {
      if (const auto* file = graph_->included_by_main(include_line(i))) {
        units[file] = &result_.headers[i].content;
        readings[file] = &result_.headers[i];
        result_.headers[i].depends_on_neighbours = graph_->depends_on_neighbours(file);
        result_.headers[i].content.dependencies = graph_->paths(graph_->closure(file));
      }
    }
    adopted_functions adopted(adopted_);
    scan_context scan{*sema_, places, adopted, namespaces_, {}};
    declaration_log log;
    declaration_walk walk(scan, units, log);
    walk.walk(*context.getTranslationUnitDecl());
    for (const auto& [file, one] : readings) {
      one->depends_on_neighbours =
          one->depends_on_neighbours || !log.is_covered(file, graph_->closure(file), sources);
    }
    for (const auto& [file, one] : readings) {
      audit_marks(scan, walk, sources.translateFile(file), graph_->skipped());
    }
    std::vector<skipped_function> skipped;
    for (diagnostic& finding : adopted.settle(skipped)) {
      scan.findings.push_back(std::move(finding));
    }
    for (skipped_function& each : skipped) {
      header_with(each.where).content.skipped.push_back(std::move(each));
    }
    for (header_reading& header : result_.headers) {
      header.adopted = adopted.used();
    }
    share_out(scan.findings);
  }

 private:
  // The first header that leaves something open; what comes after it was not read as it stands.
  bool find_open_header(clang::ASTContext& context) {
    for (std::size_t i = 0; i < result_.headers.size(); ++i) {
      if (!is_closed(context, i)) {
        source_position where;
        where.file = shown(result_.headers[i].content.header);
        result_.headers[i].errors.push_back({diagnostic_id::header_error,
                                             std::move(where),
                                             "a brace is open at the end of the header",
                                             {}});
        result_.has_errors = true;
        return true;
      }
    }
    return false;
  }

  // A finding belongs to the header it is in; one about an annotated base elsewhere to all.
  void share_out(std::vector<diagnostic>& findings) {
    for (diagnostic& finding : findings) {
      bool is_placed = false;
      for (header_reading& header : result_.headers) {
        if (shown(header.content.header) == finding.where.file) {
          header.findings.push_back(finding);
          is_placed = true;
        }
      }
      if (!is_placed && !result_.headers.empty()) {
        result_.headers.front().findings.push_back(std::move(finding));
      }
    }
  }

  header_reading& header_with(const source_position& where) {
    for (header_reading& header : result_.headers) {
      if (shown(header.content.header) == where.file) {
        return header;
      }
    }
    return result_.headers.front();
  }

  std::string shown(const std::string& real_path) const {
    const auto found = names_.find(real_path);
    return found == names_.end() ? real_path : found->second;
  }

  clang::CompilerInstance& compiler_;
  reading& result_;
  const shown_names& names_;
  const adoption& adopted_;
  const namespace_map& namespaces_;
  std::unique_ptr<include_graph> graph_;
  clang::Sema* sema_ = nullptr;
};

class header_action : public clang::ASTFrontendAction {
 public:
  header_action(reading& result, const shown_names& names, const adoption& adopted,
                const namespace_map& namespaces)
      : result_(result), names_(names), adopted_(adopted), namespaces_(namespaces) {}

  bool BeginInvocation(clang::CompilerInstance& compiler) override {
    compiler.getFrontendOpts().SkipFunctionBodies = true;
    return true;
  }

  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler,
                                                        llvm::StringRef) override {
    return std::make_unique<header_consumer>(compiler, result_, names_, adopted_, namespaces_);
  }

 private:
  reading& result_;
  const shown_names& names_;
  const adoption& adopted_;
  const namespace_map& namespaces_;
};

}  // namespace

reading read_headers(const std::vector<found_header>& headers,
                     const std::vector<std::string>& command, const std::string& working_directory,
                     const shown_names& names, const adoption& adopted,
                     const namespace_map& namespaces) {
  reading result;
  std::string text;
  for (const found_header& header : headers) {
    text += "#include " + header.directive + "\nextern int " + end_mark +
            std::to_string(result.headers.size()) + ";\n";
    header_reading& one = result.headers.emplace_back();
    one.content.header = header.real_path;
    one.content.include_name = header.include_name;
    one.content.angled = header.angled;
  }
  message_log log(names);
  const bool is_well =
      run_compiler(command, text, working_directory,
                   std::make_unique<header_action>(result, names, adopted, namespaces), log);
  for (const compiler_message& message : log.messages()) {
    const bool is_error = message.finding.id != diagnostic_id::attribute_on_non_function;
    result.has_errors = result.has_errors || is_error;
    const std::size_t header = (message.main_line - 1) / 2;
    if (message.main_line == 0 || header >= headers.size()) {
      result.faults.push_back(message.finding);
    } else if (is_error) {
      result.headers[header].errors.push_back(message.finding);
    } else {
      result.headers[header].findings.push_back(message.finding);
    }
  }
  if (!is_well && log.messages().empty()) {
    result.has_errors = true;
    result.faults.push_back(
        {diagnostic_id::compiler_flags, {}, "Clang did not run to its end", {}});
  }
  return result;
}

}  // namespace smartasync::gen
