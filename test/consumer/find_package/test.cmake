# SPDX-License-Identifier: MIT
# From an installed package, which brings its generator.
include(${CONSUMERS}/steps.cmake)
configure(build . -DCMAKE_PREFIX_PATH=${PREFIX})
build()
run_tests(-C Debug)
