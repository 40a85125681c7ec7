// SPDX-License-Identifier: MIT
#pragma once

/// Uses the entries of libpq with the server that `where` says how to reach, from this thread and
/// on a loop.
void query_server(const char* where);
