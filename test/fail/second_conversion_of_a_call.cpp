// SPDX-License-Identifier: MIT
// The call's own conversion is the one that the language allows: take the value with `*`.
// says: conversion|could not convert
#include "call_functions.hpp"

struct title {
  title(const std::string&) {}
};

void use() {
#ifdef MISUSE
  title made = call_test::stub<call_test::shout>("hey");
#else
  title made = *call_test::stub<call_test::shout>("hey");
#endif
  static_cast<void>(made);
}
