// SPDX-License-Identifier: MIT
#pragma once
struct row {
  int id;
};
[[smartasync]] int other(row value);
