// SPDX-License-Identifier: MIT
// Without exceptions nothing of the runtime can work, and the compiler says what would be lost.
// misuse: -fno-exceptions
// says: SmartAsync needs exceptions
// says: no cancellation and no timeout
#include "smartasync/task.hpp"

smartasync::task<int> answer() { co_return 42; }
