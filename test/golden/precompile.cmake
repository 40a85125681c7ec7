# SPDX-License-Identifier: MIT
# Compiles the runtime's headers once for all programs of the corpus that ${COMPILER} compiles.
include(${CMAKE_CURRENT_LIST_DIR}/flags.cmake)
file(WRITE ${precompiled} "#include <smartasync/smartasync.hpp>\n")
execute_process(
  COMMAND ${COMPILER} ${flags} -I${INCLUDES} -x c++-header ${precompiled} -o ${precompiled}.gch
  RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "The runtime's headers do not compile")
endif()
