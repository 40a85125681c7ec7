// SPDX-License-Identifier: MIT
#pragma once
#include "number.h"
[[smartasync]] number through_shared();
