// SPDX-License-Identifier: MIT
#pragma once

#include <clang/Basic/Diagnostic.h>
#include <clang/Frontend/FrontendAction.h>

#include <memory>
#include <string>
#include <vector>

namespace smartasync::gen {

/// main_file is the path of the source file that exists in memory alone. Its folder exists nowhere,
/// so that a quoted include in it finds what the include directories hold.
inline constexpr const char* main_file = "/smartasync-gen-in-memory/headers.cpp";

/// run_compiler() runs one action over `main_text` as main_file. The process' working directory is
/// neither used nor changed. False if the compiler did not run to its end.
bool run_compiler(const std::vector<std::string>& command, const std::string& main_text,
                  const std::string& working_directory,
                  std::unique_ptr<clang::FrontendAction> action,
                  clang::DiagnosticConsumer& diagnostics);

}  // namespace smartasync::gen
