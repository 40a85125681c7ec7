# SPDX-License-Identifier: MIT
# The steps that a consumer's test.cmake is made of. Each runs in WORK, a copy of the project, and
# ends the test where it fails. Given with -D: WORK PROJECT CONSUMERS SMARTASYNC_SOURCE_DIR
# SMARTASYNC_GEN PREFIX GENERATOR CXX LAUNCHER.

# A fresh copy of the project, with the library beside it.
function(copy_project)
  file(REMOVE_RECURSE ${WORK})
  file(COPY ${CONSUMERS}/${PROJECT}/ DESTINATION ${WORK})
  file(COPY ${CONSUMERS}/shop DESTINATION ${WORK})
endfunction()

# run(<command>...): must succeed; what it said is in `output`.
macro(run)
  try(${ARGN})
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "status ${status} of: ${ARGN}\n${output}")
  endif()
endmacro()

# try(<command>...): its end in `status`, what it said in `output`.
macro(try)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${WORK}
                  RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  message(STATUS "${ARGN}\n${output}")
endmacro()

# configure(<build dir> <source dir> <option>...), without debug information: ccache would keep it
# for each folder apart.
macro(configure build source)
  run(${CMAKE_COMMAND} -S ${source} -B ${build} -G "${GENERATOR}" -DCMAKE_CXX_COMPILER=${CXX}
      -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER} ${ARGN})
endmacro()

macro(build)
  run(${CMAKE_COMMAND} --build build ${ARGN})
endmacro()

macro(run_tests)
  run(${CMAKE_CTEST_COMMAND} --test-dir build --output-on-failure --no-tests=error ${ARGN})
endmacro()

function(expect_output regex)
  if(NOT output MATCHES "${regex}")
    message(FATAL_ERROR "expected '${regex}' in:\n${output}")
  endif()
endfunction()

function(expect_no_output regex)
  if(output MATCHES "${regex}")
    message(FATAL_ERROR "did not expect '${regex}' in:\n${output}")
  endif()
endfunction()

function(expect_file file)
  if(NOT EXISTS ${WORK}/${file})
    message(FATAL_ERROR "expected the file ${file}")
  endif()
endfunction()

copy_project()
