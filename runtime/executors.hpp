// SPDX-License-Identifier: MIT
#pragma once

namespace smartasync::detail {

/// Makes the registry of executors, so that at exit it is closed after what is made later.
void prepare_executors();

/// Runs what is queued on the executors and joins their threads.
void end_executors();

/// Ends the named loops and joins their threads.
void end_named_loops();

}  // namespace smartasync::detail
