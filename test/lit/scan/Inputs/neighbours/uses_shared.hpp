// SPDX-License-Identifier: MIT
#pragma once
#include "shared.hpp"
[[smartasync]] number through_shared();
