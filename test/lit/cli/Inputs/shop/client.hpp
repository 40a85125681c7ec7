// SPDX-License-Identifier: MIT
#pragma once

#include "shop/row.hpp"

namespace shop {

/// count() counts the rows.
[[smartasync]] int count(int first, int last);

/// find() looks for a row.
[[smartasync(executor = "db")]] row find(int id);

}  // namespace shop
