# SPDX-License-Identifier: MIT
# Compiles ${CASE}.run.cpp with ${COMPILER} and runs it. What it includes was generated before.
set(program ${BINARY_DIR}/golden/${CASE}.${VARIANT})
include(${CMAKE_CURRENT_LIST_DIR}/flags.cmake)
if(VARIANT STREQUAL asan)
  list(APPEND flags -Winvalid-pch -include ${precompiled})
endif()
execute_process(
  COMMAND ${COMPILER} ${flags} -I${BINARY_DIR} -I${SOURCE_DIR}/.. -I${INCLUDES}
          ${SOURCE_DIR}/${CASE}.run.cpp ${RUNTIME} -o ${program}
  RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "${CASE}.run.cpp does not compile")
endif()
execute_process(COMMAND ${program} RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "${CASE} ended with ${status}")
endif()
