# SPDX-License-Identifier: MIT
# SMARTASYNC_TLS_MODEL: how thread-local variables are reached, see docs/runtime.md. What is built
# with the runtime, and what finds it installed, is told by the target.
set(SMARTASYNC_TLS_MODEL initial-exec CACHE STRING
    "initial-exec, or dynamic for libraries that are opened with dlopen() in any number")
set_property(CACHE SMARTASYNC_TLS_MODEL PROPERTY STRINGS initial-exec dynamic)

# smartasync_tls_model(<runtime> <model>)
function(smartasync_tls_model runtime model)
  if(model STREQUAL dynamic)
    target_compile_definitions(${runtime} PUBLIC SMARTASYNC_DYNAMIC_TLS)
  elseif(NOT model STREQUAL initial-exec)
    message(FATAL_ERROR "SMARTASYNC_TLS_MODEL is '${model}'; say initial-exec or dynamic")
  endif()
endfunction()
