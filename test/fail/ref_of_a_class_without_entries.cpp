// SPDX-License-Identifier: MIT
// Only an annotated class, or one derived from it, has a ref.
// says: ref
#include "call_functions.hpp"

struct annotated {};
struct derived : annotated {};
struct other {};

template <>
class smartasync::ref<annotated> {
 public:
  explicit ref(annotated&) {}
};
namespace smartasync::detail {
annotated_base<annotated> nearest_annotated_base(annotated_base_tag, annotated*);
}

void use() {
#ifdef MISUSE
  other object;
#else
  derived object;
#endif
  smartasync::ref entries(object);
  static_cast<void>(entries);
}
