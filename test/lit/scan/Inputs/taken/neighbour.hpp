// SPDX-License-Identifier: MIT
#pragma once

namespace sound::smart {
int add(int a);
}
namespace neighbour {
[[smartasync]] int one();
}
