// SPDX-License-Identifier: MIT
#pragma once
struct row {};
[[smartasync]] int one(row value);
