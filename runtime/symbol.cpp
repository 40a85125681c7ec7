// SPDX-License-Identifier: MIT
#include "symbol.hpp"

#include <cxxabi.h>
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace smartasync::detail {
namespace {

struct function_symbol {
  std::uintptr_t begin;
  std::uintptr_t size;
  const char* name;
};

/// The functions of one file, from its symbol table; the mapping of the file stays.
class function_table {
 public:
  explicit function_table(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return;
    struct stat info{};
    if (::fstat(fd, &info) == 0 && info.st_size > 0) {
      size_ = static_cast<std::size_t>(info.st_size);
      void* const mapped = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, fd, 0);
      if (mapped != MAP_FAILED) bytes_ = static_cast<const char*>(mapped);
    }
    ::close(fd);
    if (bytes_ != nullptr) read();
  }

  [[nodiscard]] const char* find(std::uintptr_t offset) const noexcept {
    auto after =
        std::upper_bound(functions_.begin(), functions_.end(), offset,
                         [](std::uintptr_t at, const function_symbol& f) { return at < f.begin; });
    while (after != functions_.begin()) {
      const function_symbol& f = *--after;
      if (offset - f.begin < f.size) return f.name;
      if (f.size != 0) return nullptr;
    }
    return nullptr;
  }

 private:
  /// A part of the file as an array, null where the file is too short for it.
  template <class T>
  [[nodiscard]] const T* part(std::uint64_t offset, std::uint64_t count) const noexcept {
    if (offset > size_ || count > (size_ - offset) / sizeof(T) || offset % alignof(T) != 0) {
      return nullptr;
    }
    return reinterpret_cast<const T*>(bytes_ + offset);
  }

  void read() {
    const auto* const header = part<ElfW(Ehdr)>(0, 1);
    if (header == nullptr || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0) return;
    if (header->e_shentsize != sizeof(ElfW(Shdr))) return;
    const auto* const sections = part<ElfW(Shdr)>(header->e_shoff, header->e_shnum);
    if (sections == nullptr) return;
    for (const std::uint32_t type : {SHT_SYMTAB, SHT_DYNSYM}) {
      for (unsigned i = 0; i != header->e_shnum && functions_.empty(); ++i) {
        const ElfW(Shdr) & section = sections[i];
        if (section.sh_type != type || section.sh_link >= header->e_shnum) continue;
        read_symbols(section, sections[section.sh_link]);
      }
    }
    std::sort(functions_.begin(), functions_.end(),
              [](const auto& a, const auto& b) { return a.begin < b.begin; });
  }

  void read_symbols(const ElfW(Shdr) & table, const ElfW(Shdr) & texts) {
    const std::uint64_t count = table.sh_size / sizeof(ElfW(Sym));
    const auto* const symbols = part<ElfW(Sym)>(table.sh_offset, count);
    const char* const names = part<char>(texts.sh_offset, texts.sh_size);
    if (symbols == nullptr || names == nullptr || texts.sh_size == 0) return;
    if (names[texts.sh_size - 1] != '\0') return;
    for (std::uint64_t i = 0; i != count; ++i) {
      const ElfW(Sym) & s = symbols[i];
      // The type of a symbol has the same four bits in both classes of ELF.
      if ((s.st_info & 0xf) != STT_FUNC || s.st_shndx == SHN_UNDEF) continue;
      if (s.st_name >= texts.sh_size) continue;
      functions_.push_back({s.st_value, s.st_size, names + s.st_name});
    }
  }

  const char* bytes_ = nullptr;
  std::size_t size_ = 0;
  std::vector<function_symbol> functions_;
};

struct module_place {
  std::string path;
  std::uintptr_t base = 0;
  bool found = false;
};

module_place find_module(std::uintptr_t address) {
  struct module_search {
    std::uintptr_t address;
    const char* path = nullptr;
    std::uintptr_t base = 0;
  } wanted{address};
  ::dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* data) {
        auto& s = *static_cast<module_search*>(data);
        for (int i = 0; i != info->dlpi_phnum; ++i) {
          const auto& segment = info->dlpi_phdr[i];
          if (segment.p_type != PT_LOAD) continue;
          if (s.address - info->dlpi_addr - segment.p_vaddr >= segment.p_memsz) continue;
          s.path = info->dlpi_name;
          s.base = info->dlpi_addr;
          return 1;
        }
        return 0;
      },
      &wanted);
  module_place made;
  if (wanted.path == nullptr) return made;
  made.found = true;
  made.base = wanted.base;
  made.path = wanted.path[0] != '\0' ? wanted.path : "/proc/self/exe";
  return made;
}

struct table_cache {
  std::mutex mutex;
  std::map<std::string, std::unique_ptr<const function_table>> tables;  // Guarded by mutex.
};

/// Never destroyed: reports are made while the process exits.
table_cache* cache = nullptr;

table_cache& all_tables() {
  static const bool made = [] {
    cache = new table_cache;
    // The mutex may be held by a thread that the child of a fork does not have.
    ::pthread_atfork(nullptr, nullptr, []() noexcept { ::new (cache) table_cache; });
    return true;
  }();
  static_cast<void>(made);
  return *cache;
}

std::string own_program() {
  std::array<char, 4096> path{};
  const auto length = ::readlink("/proc/self/exe", path.data(), path.size() - 1);
  return length > 0 ? std::string(path.data(), static_cast<std::size_t>(length)) : "program";
}

/// Cuts `(...)` from the end, with what is nested in it.
void cut_parameters(std::string& name) {
  if (name.empty() || name.back() != ')') return;
  int depth = 0;
  for (std::size_t i = name.size(); i-- != 0;) {
    if (name[i] == ')') ++depth;
    if (name[i] == '(' && --depth == 0) {
      if (i != 0) name.resize(i);
      return;
    }
  }
}

/// Cuts what stands before the last space that is not within brackets: a result type.
void cut_result(std::string& name) {
  if (name.find("operator ") != std::string::npos) return;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i != name.size(); ++i) {
    const char c = name[i];
    if (c == '<' || c == '(' || c == '{') ++depth;
    if (c == '>' || c == ')' || c == '}') --depth;
    // A lambda in a const method has ` const` in the midst of its name.
    if (c == ' ' && depth == 0 && name.compare(i, 7, " const:") != 0) begin = i + 1;
  }
  name.erase(0, begin);
}

}  // namespace

symbol find_symbol(const void* address) {
  symbol made;
  const auto at = reinterpret_cast<std::uintptr_t>(address);
  const module_place module = find_module(at);
  if (!module.found) {
    made.offset = at;
    return made;
  }
  made.offset = at - module.base;
  made.module = module.path == "/proc/self/exe" ? own_program() : module.path;
  table_cache& all = all_tables();
  const std::lock_guard lock(all.mutex);
  auto& table = all.tables[module.path];
  if (table == nullptr) table = std::make_unique<const function_table>(module.path);
  if (const char* const name = table->find(made.offset)) made.mangled = name;
  return made;
}

std::string readable_name(const std::string& mangled) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> demangled(
      abi::__cxa_demangle(mangled.c_str(), nullptr, nullptr, &status), &std::free);
  if (demangled == nullptr) return mangled;
  std::string name = demangled.get();
  if (const auto clone = name.find(" [clone"); clone != std::string::npos) name.resize(clone);
  for (const std::string_view suffix : {" const", " volatile", " &", " &&"}) {
    if (name.size() > suffix.size() && name.ends_with(suffix)) {
      name.resize(name.size() - suffix.size());
    }
  }
  cut_parameters(name);
  cut_result(name);
  for (auto tag = name.find("[abi:"); tag != std::string::npos; tag = name.find("[abi:")) {
    name.erase(tag, name.find(']', tag) - tag + 1);
  }
  return name;
}

std::string place_text(const symbol& found) {
  std::array<char, 32> offset{};
  std::snprintf(offset.data(), offset.size(), "+0x%llx",
                static_cast<unsigned long long>(found.offset));
  const auto slash = found.module.rfind('/');
  std::string place = slash == std::string::npos ? found.module : found.module.substr(slash + 1);
  if (place.empty()) place = "unknown";
  place += offset.data();
  if (found.mangled.empty()) return place;
  return readable_name(found.mangled) + " (" + place + ")";
}

}  // namespace smartasync::detail
