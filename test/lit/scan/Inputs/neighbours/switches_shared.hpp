// SPDX-License-Identifier: MIT
#pragma once
#include "switch.hpp"
#include "shared.hpp"
[[smartasync]] number switched();
