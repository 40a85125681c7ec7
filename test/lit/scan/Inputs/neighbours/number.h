// SPDX-License-Identifier: MIT
#pragma once
#if defined(APP_SWITCH)
using number = long;
#else
using number = int;
#endif
