# SPDX-License-Identifier: MIT
# Compiles ${CASE}.run.cpp with ${COMPILER} and runs it. What it includes was generated before.
set(program ${BINARY_DIR}/golden/${CASE}.${VARIANT})
set(flags -std=c++20 -Wall -Wextra -Wpedantic -Wshadow -Werror -pthread)
if(SANITIZE)
  list(APPEND flags -fsanitize=${SANITIZE} -fno-sanitize-recover=all -g)
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
