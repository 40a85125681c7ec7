# SPDX-License-Identifier: MIT
# Committed outputs: nothing but `smartasync_update` writes them, and drift is an error.
include(${CONSUMERS}/steps.cmake)
set(output_file generated/shop/client.smart.hpp)
configure(build . -DCMAKE_PREFIX_PATH=${PREFIX})

try(${CMAKE_COMMAND} --build build --target smartasync_check)
if(status EQUAL 0)
  message(FATAL_ERROR "a missing output was not found")
endif()
expect_output("client\\.smart\\.hpp")

build(--target smartasync_update)
expect_file(${output_file})
build()
build(--target smartasync_check)
run_tests()
expect_output("shop\\.smartasync-drift")

# A function more in the header: the build goes on with what is committed, the check does not.
file(READ ${WORK}/${output_file} committed)
file(READ ${WORK}/shop/include/shop/client.hpp header)
string(REPLACE "/// A price" "[[smartasync]] int rebate(int a);\n\n/// A price" header "${header}")
file(WRITE ${WORK}/shop/include/shop/client.hpp "${header}")
build()
file(READ ${WORK}/${output_file} after_build)
if(NOT after_build STREQUAL committed)
  message(FATAL_ERROR "the build wrote a committed file")
endif()
try(${CMAKE_COMMAND} --build build --target smartasync_check)
if(status EQUAL 0)
  message(FATAL_ERROR "a stale output was not found")
endif()
expect_output("\n\\+[^\n]*rebate")
try(${CMAKE_CTEST_COMMAND} --test-dir build --output-on-failure)
expect_output("shop\\.smartasync-drift \\(Failed\\)")

build(--target smartasync_update)
build(--target smartasync_check)
