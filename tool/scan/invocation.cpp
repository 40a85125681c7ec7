// SPDX-License-Identifier: MIT
#include "scan/invocation.hpp"

#include <clang/Basic/FileManager.h>
#include <clang/Tooling/Tooling.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/VirtualFileSystem.h>

namespace smartasync::gen {

bool run_compiler(const std::vector<std::string>& command, const std::string& main_text,
                  const std::string& working_directory,
                  std::unique_ptr<clang::FrontendAction> action,
                  clang::DiagnosticConsumer& diagnostics) {
  llvm::IntrusiveRefCntPtr<llvm::vfs::OverlayFileSystem> files(new llvm::vfs::OverlayFileSystem(
      llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>(llvm::vfs::createPhysicalFileSystem())));
  llvm::IntrusiveRefCntPtr<llvm::vfs::InMemoryFileSystem> memory(new llvm::vfs::InMemoryFileSystem);
  files->pushOverlay(memory);
  if (!working_directory.empty()) {
    files->setCurrentWorkingDirectory(working_directory);
  }
  memory->addFile(main_file, 0, llvm::MemoryBuffer::getMemBuffer(main_text, main_file));

  llvm::IntrusiveRefCntPtr<clang::FileManager> manager(
      new clang::FileManager(clang::FileSystemOptions(), files));
  clang::tooling::ToolInvocation invocation(command, std::move(action), manager.get());
  invocation.setDiagnosticConsumer(&diagnostics);
  return invocation.run();
}

}  // namespace smartasync::gen
