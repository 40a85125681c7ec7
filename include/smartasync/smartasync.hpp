// SPDX-License-Identifier: MIT
#pragma once

// All of the runtime, for users in a hurry.

#include "smartasync/awaitable.hpp"
#include "smartasync/context.hpp"
#include "smartasync/context_var.hpp"
#include "smartasync/debug.hpp"
#include "smartasync/entry.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/executor.hpp"
#include "smartasync/named_loop.hpp"
#include "smartasync/portal.hpp"
#include "smartasync/run.hpp"
#include "smartasync/shutdown.hpp"
#include "smartasync/signal_set.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/spawn.hpp"
#include "smartasync/stop_token.hpp"
#include "smartasync/task.hpp"
#include "smartasync/task_group.hpp"
#include "smartasync/thread_pool.hpp"
#include "smartasync/to_thread.hpp"
#include "smartasync/when_all.hpp"
#include "smartasync/when_any.hpp"
#include "smartasync/with_timeout.hpp"
