// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/DeclCXX.h>

#include <string>
#include <vector>

#include "scan/scan_context.hpp"

namespace smartasync::gen {

/// inherited_method is an annotated method of a base that depends on the template parameters of the
/// class, and what the base's own parameters are there: for `class Store<K, V> : Stack<V>` the `T`
/// of `Stack<T>` is `V`.
struct inherited_method {
  const clang::CXXMethodDecl* method;
  std::vector<std::string> class_arguments;
};

/// inherited_from_dependent() are the annotated methods of public bases that are instances of class
/// templates which the parameters of `declared` decide. Names that the class or a nearer base
/// declares hide them. A template with specialisations or a parameter pack, or one that is a member
/// of a class, gives none and is reported: what its instances hold is not known here.
std::vector<inherited_method> inherited_from_dependent(scan_context& context,
                                                       const clang::CXXRecordDecl& declared);

}  // namespace smartasync::gen
