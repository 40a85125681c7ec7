// SPDX-License-Identifier: MIT
#pragma once

[[smartasync]] int open_stand(int number);
