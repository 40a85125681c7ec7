# SPDX-License-Identifier: MIT
# Through FetchContent, with a generator of the host by path; compiled as before, for ccache.
include(${CONSUMERS}/steps.cmake)
configure(build . -DSMARTASYNC_SOURCE_DIR=${SMARTASYNC_SOURCE_DIR}
          -DSMARTASYNC_GEN_EXECUTABLE=${SMARTASYNC_GEN}
          -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=34)
build(-j 2)
run_tests()
