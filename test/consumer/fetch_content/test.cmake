# SPDX-License-Identifier: MIT
# Through FetchContent, with a generator of the host by path.
include(${CONSUMERS}/steps.cmake)
configure(build . -DSMARTASYNC_SOURCE_DIR=${SMARTASYNC_SOURCE_DIR}
          -DSMARTASYNC_GEN_EXECUTABLE=${SMARTASYNC_GEN})
build(-j 2)
run_tests()
