// SPDX-License-Identifier: MIT
#pragma once
#define APP_SWITCH 1
[[smartasync]] int defines_it();
