# SPDX-License-Identifier: MIT
# How the programs of the corpus are compiled.
set(flags -std=c++20 -Wall -Wextra -Wpedantic -Wshadow -Werror -pthread)
if(SANITIZE)
  list(APPEND flags -fsanitize=${SANITIZE} -fno-sanitize-recover=all -g1)
endif()
if(TLS_MODEL STREQUAL dynamic)
  list(APPEND flags -DSMARTASYNC_DYNAMIC_TLS)
endif()
set(precompiled ${BINARY_DIR}/precompiled/runtime.hpp)
