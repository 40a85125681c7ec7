// SPDX-License-Identifier: MIT
#pragma once

namespace parcel {

[[smartasync]] inline int weight(int articles) { return 3 * articles; }

}  // namespace parcel
