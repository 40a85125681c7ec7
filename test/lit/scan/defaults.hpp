// SPDX-License-Identifier: MIT
// Literal defaults are repeated; any other is left to the author's declaration.
// RUN: %smartasync_gen -o %t.smart.hpp %s && FileCheck %s < %t.smart.hpp
#pragma once
#include <string>

namespace app {
inline constexpr int limit = 3;
int ask();
#define TWO 2
// CHECK-LABEL: inline smartasync::call<void, {{.*}}> literals(
// CHECK-NEXT: int a = -1 + 2 * (3),
// CHECK-NEXT: double b = 1.5e+3,
// CHECK-NEXT: const char* c{{.*}} = "x" "y",
// CHECK-NEXT: bool d = !true,
// CHECK-NEXT: std::string e = {},
// CHECK-NEXT: void* f{{.*}} = nullptr,
// CHECK-NEXT: long g = 1'000L) {
[[smartasync]] void literals(int a = -1 + 2 * (3), double b = 1.5e+3, const char* c = "x" "y",
                             bool d = !true, std::string e = {}, void* f = nullptr,
                             long g = 1'000L);
// CHECK: inline void call(smartasync::sync_t, int a, int b, int c = 3) {
// CHECK: inline void call(smartasync::sync_t, int a) {
// CHECK: inline void call(smartasync::sync_t) {
[[smartasync]] void call(int a = 1, int b = ask(), int c = 3);
// CHECK: inline void name(smartasync::sync_t, int a) {
// CHECK: inline void name(smartasync::sync_t) {
[[smartasync]] void name(int a = limit);
// CHECK: inline void macro(smartasync::sync_t, int a) {
// CHECK: inline void macro(smartasync::sync_t) {
[[smartasync]] void macro(int a = TWO);
// CHECK: inline void lambda(smartasync::sync_t, int a) {
// CHECK: inline void lambda(smartasync::sync_t) {
[[smartasync]] void lambda(int a = [] { return 1; }());
// CHECK: inline void own_suffix(smartasync::sync_t, std::string a) {
// CHECK: inline void own_suffix(smartasync::sync_t) {
using namespace std::string_literals;
[[smartasync]] void own_suffix(std::string a = "x"s);
// CHECK: inline void unnamed(smartasync::sync_t, int arg1, int arg2_, int arg2) {
[[smartasync]] void unnamed(int, int, int arg2);
}  // namespace app
