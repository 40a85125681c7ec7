// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace smartasync::detail {

/// Where an address of code belongs.
struct symbol {
  std::string mangled;        ///< Of the function; empty where no symbol table has it.
  std::string module;         ///< The file: a program or a shared library; empty where unknown.
  std::uintptr_t offset = 0;  ///< In that file, as addr2line takes it.
};

/// Looks into the symbol tables on disk too, which have what the dynamic ones leave out: the
/// functions of a program, and static ones. Slow at the first look into a file. From any thread.
/// Throws `std::bad_alloc`.
[[nodiscard]] symbol find_symbol(const void* address);

/// The name for people of a mangled one: qualified, without parameters, result and the suffix that
/// compilers give to the parts of a coroutine.
[[nodiscard]] std::string readable_name(const std::string& mangled);

/// `shop::report (program+0x12ab)`; `program+0x12ab` where the function is not known.
[[nodiscard]] std::string place_text(const symbol& found);

}  // namespace smartasync::detail
