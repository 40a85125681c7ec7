// SPDX-License-Identifier: MIT
#pragma once

namespace smartasync {

/// ref gives the entries of an annotated class over an object that someone else owns and keeps
/// alive: `smartasync::ref(client).get("/")`. smartasync-gen specialises it, for the class with all
/// entries and for the const class with the const ones; `ref(object)` takes the nearest annotated
/// public base of the object's class. It is as small as a pointer and copied like one.
template <class Annotated>
class ref;

namespace detail {

struct annotated_base_tag {};

template <class Annotated>
struct annotated_base {
  using type = Annotated;
};

/// Generated headers declare one overload for each annotated class and none is ever defined:
/// overload resolution ranks derived-to-base conversions and so finds the nearest base. They are
/// found through the tag's namespace, so a header may come after the call that needs it.
struct no_annotated_base {};
no_annotated_base nearest_annotated_base(annotated_base_tag, ...);

template <class Object>
using nearest_annotated = typename decltype(nearest_annotated_base(
    annotated_base_tag(), static_cast<Object*>(nullptr)))::type;

}  // namespace detail

template <class Object>
ref(Object&) -> ref<detail::nearest_annotated<Object>>;

}  // namespace smartasync
