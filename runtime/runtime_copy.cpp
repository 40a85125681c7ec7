// SPDX-License-Identifier: MIT
// A process is meant to have one copy of the runtime. Two libraries that link the static one and
// hide its symbols have two: a loop of the one is no context for the calls through the other, which
// then block it. The dynamic linker cannot tell; a note in each copy can be found by the others.
#include "runtime_copy.hpp"

#if defined(__ELF__)

#include <elf.h>
#include <link.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>

#include "smartasync/detail/frame_cache.hpp"

/// What the copy in this program or library uses: an object of its own, or that of another copy,
/// where the dynamic linker made one of both. Null until its constructors have run.
extern "C" {
[[gnu::visibility("hidden"), gnu::used]] constinit const void* smartasync_runtime_copy = nullptr;
}

// An ELF note: the lengths of its name and of its content, its type, its name, and the distance
// from the content to that variable, which needs no relocation.
__asm__(
    ".pushsection .note.smartasync, \"a\", %note\n"
    ".balign 4\n"
    ".long 11, 4, 1\n"
    ".asciz \"SmartAsync\"\n"
    ".balign 4\n"
    ".Lsmartasync_note_content:\n"
    ".long smartasync_runtime_copy - .Lsmartasync_note_content\n"
    ".popsection\n");

namespace smartasync::detail {
namespace {

constexpr char note_name[] = "SmartAsync";

struct search {
  const char* other = nullptr;  ///< The program or library of the first other copy.
  const char* own = "";
};

/// The variable of the copy in a segment of notes; null where it has none.
const void* const* find_copy(const char* at, std::size_t size) noexcept {
  const auto padded = [](std::size_t length) { return (length + 3) / 4 * 4; };
  while (size >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) note;
    std::memcpy(&note, at, sizeof note);
    const std::size_t whole = sizeof note + padded(note.n_namesz) + padded(note.n_descsz);
    if (whole > size) break;
    const char* const content = at + sizeof note + padded(note.n_namesz);
    std::int32_t distance = 0;
    if (note.n_namesz == sizeof note_name && note.n_descsz == sizeof distance &&
        std::memcmp(at + sizeof note, note_name, sizeof note_name) == 0) {
      std::memcpy(&distance, content, sizeof distance);
      return reinterpret_cast<const void* const*>(content + distance);
    }
    at += whole;
    size -= whole;
  }
  return nullptr;
}

int look_at(dl_phdr_info* object, std::size_t, void* result) noexcept {
  auto& found = *static_cast<search*>(result);
  const char* const name = object->dlpi_name[0] != '\0' ? object->dlpi_name : "the program";
  for (std::size_t i = 0; i != object->dlpi_phnum; ++i) {
    const ElfW(Phdr) & segment = object->dlpi_phdr[i];
    if (segment.p_type != PT_NOTE || segment.p_align > 4) continue;
    const auto address = static_cast<std::uintptr_t>(object->dlpi_addr + segment.p_vaddr);
    const void* const* const copy =
        find_copy(reinterpret_cast<const char*>(address), segment.p_memsz);
    if (copy == nullptr) continue;
    if (copy == &smartasync_runtime_copy) {
      found.own = name;
    } else if (found.other == nullptr && *copy != nullptr && *copy != smartasync_runtime_copy) {
      found.other = name;
    }
  }
  return 0;
}

/// Runs when the program starts or the library is loaded.
[[gnu::constructor]] void report_other_copies() noexcept { look_for_other_copies(); }

}  // namespace

void look_for_other_copies() noexcept {
  smartasync_runtime_copy = &frame_cache::closed;
  search found;
  dl_iterate_phdr(&look_at, &found);
  if (found.other == nullptr) return;
  std::fprintf(stderr,
               "smartasync: this process has two copies of the runtime, in %s and in %s: neither "
               "sees the loops of the other, and a call can block a loop unnoticed. Link both to "
               "the shared library.\n",
               found.other, found.own);
}

}  // namespace smartasync::detail

#else

void smartasync::detail::look_for_other_copies() noexcept {}

#endif
