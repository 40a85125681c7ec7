// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

namespace smartasync::detail {

/// A call without the type of what is called, which must outlive it: what runs it is then compiled
/// once for each result, not once for each annotated function.
template <class Returned>
class call_ref {
 public:
  template <class F>
  explicit call_ref(F& f) noexcept : target_(std::addressof(f)), call_(&call_target<F>) {}

  Returned operator()() const { return call_(target_); }

 private:
  // Not a closure: a compiler makes less of a function.
  template <class F>
  static Returned call_target(void* target) {
    return (*static_cast<F*>(target))();
  }

  void* target_;
  Returned (*call_)(void*);
};

}  // namespace smartasync::detail
