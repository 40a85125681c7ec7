// SPDX-License-Identifier: MIT
#pragma once
#ifdef APP_SWITCH
[[smartasync]] int with_the_switch();
#else
[[smartasync]] int without_the_switch();
#endif
