// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <utility>

namespace golden {

struct animal {
  virtual ~animal() = default;
  virtual std::string sound() const = 0;
};
struct dog : animal {
  std::string sound() const override { return "woof"; }
};

// Only declared here: whoever calls has the definition, or a reference from somewhere.
struct hidden;
hidden& the_hidden();
int number_of(const hidden& of);

struct single {
  explicit single(int of) : value(of) {}
  single(const single&) = delete;
  single& operator=(const single&) = delete;
  int value;
};

[[smartasync]] inline std::string hear(const animal& of) { return of.sound(); }
[[smartasync]] inline int look(const hidden& at) { return number_of(at); }
[[smartasync]] inline int read(const single& from) { return from.value; }
[[smartasync]] inline int take(std::unique_ptr<int> box) { return *box; }
[[smartasync]] inline int open(const std::unique_ptr<int>& box) { return *box; }
[[smartasync]] inline int share(std::shared_ptr<const animal> of) {
  return static_cast<int>(of->sound().size());
}
[[smartasync]] inline int steal(std::string&& text) {
  const std::string taken(std::move(text));
  return static_cast<int>(taken.size());
}
[[smartasync]] inline int locked(const volatile int& value) { return value; }

}  // namespace golden
