// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <type_traits>
#include <utility>

namespace golden {

// What std::function_ref is: it points at the callable.
template <class Signature>
class function_view;

template <class R, class... Arguments>
class function_view<R(Arguments...)> {
 public:
  template <class F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, function_view>)
  function_view(F&& f)  // NOLINT: it is to convert
      : target_(const_cast<void*>(static_cast<const void*>(&f))),
        call_([](void* target, Arguments... arguments) -> R {
          return (*static_cast<std::remove_reference_t<F>*>(target))(arguments...);
        }) {}
  R operator()(Arguments... arguments) const { return call_(target_, arguments...); }

 private:
  void* target_;
  R (*call_)(void*, Arguments...);
};

[[smartasync]] inline int apply(function_view<int(int)> f, int value) { return f(value); }
[[smartasync]] inline int keep(std::function<int(int)> f, int value) { return f(value); }
[[smartasync]] inline int read(const std::function<int()>& f) { return f(); }

}  // namespace golden
