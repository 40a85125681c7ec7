// SPDX-License-Identifier: MIT
#pragma once
#include "switch.hpp"
#include "number.h"
[[smartasync]] number switched();
