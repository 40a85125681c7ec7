# SPDX-License-Identifier: MIT
# A library that installs its outputs beside its headers, and a project that uses the library.
include(${CONSUMERS}/steps.cmake)
configure(build . -DCMAKE_PREFIX_PATH=${PREFIX} -DCMAKE_INSTALL_PREFIX=${WORK}/installed)
build()
run(${CMAKE_COMMAND} --install build)
expect_file(installed/include/shop/client.hpp)
expect_file(installed/include/shop/client.smart.hpp)

configure(build-user user -DSmartAsync_ROOT=${PREFIX} -Dshop_ROOT=${WORK}/installed)
run(${CMAKE_COMMAND} --build build-user)
run(${CMAKE_CTEST_COMMAND} --test-dir build-user --output-on-failure --no-tests=error)
