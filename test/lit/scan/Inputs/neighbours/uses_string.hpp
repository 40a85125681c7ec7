// SPDX-License-Identifier: MIT
#pragma once
#include <cassert>
#include <string>
[[smartasync]] std::string text();
