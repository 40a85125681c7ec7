# SPDX-License-Identifier: MIT
# A cross build: the generator of the host comes by its path, and reads for the target.
include(${CONSUMERS}/steps.cmake)
configure(build . -DCMAKE_TOOLCHAIN_FILE=toolchain.cmake -DCMAKE_PREFIX_PATH=${PREFIX}
          -DSMARTASYNC_GEN_EXECUTABLE=${SMARTASYNC_GEN})
build(-j 2)
expect_output("Generating the entries of shop")
file(GLOB flags_file ${WORK}/build/shop.smartasync/CXX-*.flags)
file(READ ${flags_file} output)
expect_output("\n--target=[a-z0-9_]+-")
run_tests()
