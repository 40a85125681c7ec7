// SPDX-License-Identifier: MIT
#pragma once

namespace shop {

[[smartasync]] void add(int id);

}  // namespace shop
