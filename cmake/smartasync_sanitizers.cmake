# SPDX-License-Identifier: MIT
# SMARTASYNC_SANITIZE = address,undefined | thread: for everything that is built from here down.
if(SMARTASYNC_SANITIZE)
  if(NOT SMARTASYNC_SANITIZE MATCHES "^(address|undefined|address,undefined|thread)$")
    message(FATAL_ERROR "SMARTASYNC_SANITIZE is '${SMARTASYNC_SANITIZE}'; "
                        "say address, undefined, address,undefined or thread")
  endif()
  add_compile_options(-fsanitize=${SMARTASYNC_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=${SMARTASYNC_SANITIZE})
endif()
