# SPDX-License-Identifier: MIT
# Generates from ${CASE}.hpp into the build tree, and compares with ${CASE}.expected.hpp; with UPDATE
# it writes that file instead.
separate_arguments(options UNIX_COMMAND "${OPTIONS}")
set(output ${BINARY_DIR}/golden/${CASE}.smart.hpp)
execute_process(
  COMMAND ${GENERATOR} -o ${output} --force-write ${options} golden/${CASE}.hpp
          -- -std=c++20 -I${SOURCE_DIR}/.. -I${INCLUDES}
  WORKING_DIRECTORY ${SOURCE_DIR}/..
  RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "smartasync-gen ended with ${status}")
endif()

set(expected ${SOURCE_DIR}/${CASE}.expected.hpp)
if(UPDATE)
  file(COPY_FILE ${output} ${expected} ONLY_IF_DIFFERENT)
  return()
endif()
execute_process(COMMAND diff -u ${expected} ${output} RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "The output is not what is expected. If it is better: "
                      "cmake --build <build> --target golden_update")
endif()
