# SPDX-License-Identifier: MIT
# Clang alone elides frames, from release 20 on: elision_test.cpp is compiled by the newest one of
# the machine, whatever compiles the rest, optimised, and linked with the runtime as it was built.
#   runtime.elision        counts frames
#   runtime.elision_asan   the same under AddressSanitizer and UndefinedBehaviorSanitizer
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 20)
  set(eliding_clang ${CMAKE_CXX_COMPILER})
else()
  find_program(eliding_clang NAMES clang++-22 clang++-21 clang++-20 NO_CACHE)
endif()

# smartasync_elision_test(<name> <flag>...)
function(smartasync_elision_test name)
  # Not called as the others are, which run under Valgrind.
  set(program ${CMAKE_CURRENT_BINARY_DIR}/smartasync_${name})
  set(flags -std=c++20 -O2 -g -Wall -Wextra -Wpedantic -Wshadow -Werror ${ARGN})
  get_target_property(definitions smartasync_runtime INTERFACE_COMPILE_DEFINITIONS)
  if(definitions)
    list(TRANSFORM definitions PREPEND -D OUTPUT_VARIABLE definitions)
    list(APPEND flags ${definitions})
  endif()
  add_custom_command(OUTPUT ${program}.o
    COMMAND ${CMAKE_CXX_COMPILER_LAUNCHER} ${eliding_clang} ${flags} -DSMARTASYNC_RECYCLE_FRAMES=0
            -I${PROJECT_SOURCE_DIR}/include
            "-idirafter$<JOIN:$<TARGET_PROPERTY:GTest::gtest,INTERFACE_INCLUDE_DIRECTORIES>,;-idirafter>"
            -MD -MT ${program}.o -MF ${program}.d -c ${CMAKE_CURRENT_SOURCE_DIR}/elision_test.cpp
            -o ${program}.o
    DEPENDS elision_test.cpp DEPFILE ${program}.d
    COMMAND_EXPAND_LISTS VERBATIM)
  add_custom_command(OUTPUT ${program}
    COMMAND ${eliding_clang} ${ARGN} ${program}.o $<TARGET_LINKER_FILE:smartasync_runtime>
            $<TARGET_LINKER_FILE:GTest::gtest_main> $<TARGET_LINKER_FILE:GTest::gtest> -pthread
            -Wl,-rpath,$<TARGET_FILE_DIR:smartasync_runtime> -o ${program}
    DEPENDS ${program}.o smartasync_runtime VERBATIM)
  add_custom_target(smartasync_${name}_test ALL DEPENDS ${program})
  add_test(NAME runtime.${name} COMMAND ${program})
  set_tests_properties(runtime.${name} PROPERTIES TIMEOUT 300)
endfunction()

# smartasync_skipped_test(<name> <reason>)
function(smartasync_skipped_test name reason)
  add_test(NAME runtime.${name} COMMAND ${CMAKE_COMMAND} -E echo "skipped: ${reason}")
  set_tests_properties(runtime.${name} PROPERTIES SKIP_REGULAR_EXPRESSION "^skipped: ")
endfunction()

set(sanitize -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
if(SMARTASYNC_SANITIZE)
  # The runtime has the sanitizer of another compiler in it.
  smartasync_skipped_test(elision "run where the runtime is built without sanitizers")
elseif(NOT eliding_clang)
  smartasync_skipped_test(elision "no clang++ of release 20 or later")
else()
  smartasync_elision_test(elision)
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/empty_program.cpp "int main() {}\n")
  execute_process(COMMAND ${eliding_clang} ${sanitize} empty_program.cpp -o empty_program
                  WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}
                  RESULT_VARIABLE without_asan OUTPUT_QUIET ERROR_QUIET)
  if(without_asan)
    smartasync_skipped_test(elision_asan "${eliding_clang} has no sanitizers (libclang-rt-N-dev)")
  else()
    smartasync_elision_test(elision_asan ${sanitize})
  endif()
endif()
