# SPDX-License-Identifier: MIT
# What a change makes run: the generator and the users of the header, or nothing at all.
include(${CONSUMERS}/steps.cmake)
set(any_work "Generating|Building|Linking")
configure(build . -DCMAKE_PREFIX_PATH=${PREFIX})
build()
expect_output("Generating the entries of shop")
build()
expect_no_output("${any_work}")

foreach(header client currency)  # the header itself, and one that it includes
  file(TOUCH ${WORK}/shop/include/shop/${header}.hpp)
  build()
  expect_output("Generating the entries of shop")
  expect_output("Building[^\n]*client\\.cpp")
  expect_output("Building[^\n]*main\\.cpp")
  expect_no_output("Building[^\n]*stock\\.cpp")
  build()
  expect_no_output("${any_work}")
endforeach()

file(TOUCH ${WORK}/shop/include/shop/stock.hpp)
build()
expect_output("Building[^\n]*stock\\.cpp")
expect_no_output("Generating|Building[^\n]*(client|main)\\.cpp")

# New flags are new input.
configure(build . "-DCMAKE_CXX_FLAGS=-DDISCOUNT=1")
build()
expect_output("Generating the entries of shop")
build()
expect_no_output("${any_work}")
