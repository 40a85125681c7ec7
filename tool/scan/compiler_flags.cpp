// SPDX-License-Identifier: MIT
#include "scan/compiler_flags.hpp"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringRef.h>
#include <llvm/Option/ArgList.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

#include "scan/attribute.hpp"
#include "scan/clang_compat.hpp"

namespace smartasync::gen {
namespace {

using llvm::opt::Arg;
using llvm::opt::Option;
namespace options = compat::options;

// Another compiler's precompiled header: CMake writes `-include .../cmake_pch.hxx`, beside which
// GCC left a .gch that Clang would try to load.
bool is_precompiled_header(const Arg& arg) {
  if (arg.getOption().matches(options::OPT_include_pch)) {
    return true;
  }
  if (!arg.getOption().matches(options::OPT_include)) {
    return false;
  }
  // Of a precompiled header there need not be a source.
  const std::string file = arg.getValue();
  return llvm::sys::path::filename(file).starts_with("cmake_pch.") ||
         (!llvm::sys::fs::exists(file) && llvm::sys::fs::exists(file + ".gch"));
}

// Paths, definitions, the language and the machine are what the headers are read for.
bool is_optional(const Option& option) {
  return option.matches(options::OPT_f_Group) || option.matches(options::OPT_f_clang_Group) ||
         option.matches(options::OPT_m_Group) || option.matches(options::OPT_O_Group) ||
         option.matches(options::OPT_Wp_COMMA) || option.matches(options::OPT_C) ||
         option.matches(options::OPT_traditional_cpp);
}

// -Wp,-MD,file is how a Makefile asks for dependencies; Clang would write the file.
bool writes_dependencies(const Arg& arg) {
  return arg.getOption().matches(options::OPT_Wp_COMMA) &&
         llvm::any_of(arg.getValues(),
                      [](llvm::StringRef value) { return value.starts_with("-M"); });
}

// Flags of the known ones that would change what a run does, or what it says.
bool is_unwanted(const Arg& arg) {
  const Option& option = arg.getOption();
  const auto is_one_of = [&](auto... ids) { return (option.matches(ids) || ...); };
  if (option.getKind() == Option::InputClass || option.getKind() == Option::UnknownClass) {
    return true;
  }
  if (is_one_of(options::OPT_Wp_COMMA, options::OPT_stdlib_EQ)) {
    return writes_dependencies(arg);
  }
  return is_one_of(options::OPT_W_Group, options::OPT_w, options::OPT_M_Group,
                   options::OPT_Action_Group, options::OPT_o, options::OPT_x,
                   options::OPT_pedantic_Group, options::OPT_save_temps_EQ, options::OPT_save_temps,
                   options::OPT_resource_dir, options::OPT_resource_dir_EQ,
                   options::OPT__HASH_HASH_HASH, options::OPT_v, options::OPT_fmodules,
                   options::OPT_fcxx_modules, options::OPT_plugin, options::OPT_fplugin_EQ,
                   options::OPT_Xclang, options::OPT_mllvm, options::OPT_Link_Group,
                   options::OPT_g_Group, options::OPT__serialize_diags,
                   options::OPT_gen_cdb_fragment_path, options::OPT_H) ||
         is_precompiled_header(arg);
}

}  // namespace

compiler_flags clean_flags(const std::vector<std::string>& flags) {
  std::vector<const char*> pointers;
  for (const std::string& flag : flags) {
    pointers.push_back(flag.c_str());
  }
  unsigned missing_index = 0;
  unsigned missing_count = 0;
  const llvm::opt::InputArgList parsed = compat::driver_options().ParseArgs(
      pointers, missing_index, missing_count, llvm::opt::Visibility(options::ClangOption));

  compiler_flags result;
  bool has_standard = false;
  for (const Arg* arg : parsed) {
    if (is_unwanted(*arg)) {
      result.dropped.push_back(arg->getAsString(parsed));
      continue;
    }
    has_standard = has_standard || arg->getOption().matches(options::OPT_std_EQ);
    llvm::opt::ArgStringList rendered;
    arg->render(parsed, rendered);
    result.kept.push_back({{rendered.begin(), rendered.end()}, is_optional(arg->getOption())});
  }
  if (!has_standard) {
    result.kept.insert(result.kept.begin(), {{"-std=c++20"}});
  }
  return result;
}

std::vector<std::string> compiler_command(const compiler_flags& flags,
                                          const std::string& resource_dir,
                                          const std::string& source) {
  // The driver looks for libc++ beside its own program, which stands beside the resource directory:
  // <prefix>/lib/clang/<release>.
  llvm::SmallString<128> program(resource_dir);
  for (int level = 0; level < 3; ++level) {
    llvm::sys::path::remove_filename(program);
  }
  llvm::sys::path::append(program, "bin", "clang++");

  std::vector<std::string> command{program.str().str()};
  for (const compiler_flag& flag : flags.kept) {
    command.insert(command.end(), flag.arguments.begin(), flag.arguments.end());
  }
  for (const char* flag : {"-fsyntax-only", "-ferror-limit=0", "-fno-caret-diagnostics",
                           // Of the warnings only those which tell that a mark was not seen.
                           "-Wno-everything", "-Wunknown-attributes", "-Wignored-attributes"}) {
    command.emplace_back(flag);
  }
  command.push_back(attribute_macro());
  command.insert(command.end(), {"-resource-dir", resource_dir, "-x", "c++", source});
  return command;
}

}  // namespace smartasync::gen
