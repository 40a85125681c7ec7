# SPDX-License-Identifier: MIT
# Finds Clang's libraries (SMARTASYNC_LLVM, else the newest of 22 to 19) and makes two targets:
#   smartasync_llvm   LLVM's headers and library; tool/output and tool/cli link it
#   smartasync_clang  Clang's as well, and the baked resource directory; tool/scan alone links it
set(releases 22 21 20 19)

if(SMARTASYNC_LLVM AND NOT SMARTASYNC_LLVM IN_LIST releases)
  message(FATAL_ERROR "SMARTASYNC_LLVM is '${SMARTASYNC_LLVM}'; say one of ${releases}")
endif()
if(DEFINED SMARTASYNC_LLVM_ASKED AND NOT SMARTASYNC_LLVM_ASKED STREQUAL "${SMARTASYNC_LLVM}")
  unset(Clang_DIR CACHE)
  unset(LLVM_DIR CACHE)
endif()
set(SMARTASYNC_LLVM_ASKED "${SMARTASYNC_LLVM}" CACHE INTERNAL "the choice Clang_DIR was found for")
if(SMARTASYNC_LLVM)
  set(releases ${SMARTASYNC_LLVM})
endif()

foreach(release IN LISTS releases)
  if(NOT Clang_FOUND)
    find_package(Clang CONFIG QUIET NO_DEFAULT_PATH
                 PATHS /usr/lib/llvm-${release} /usr/lib64/llvm${release} /usr/lib/llvm/${release})
  endif()
endforeach()
if(NOT Clang_FOUND)
  find_package(Clang CONFIG QUIET)
endif()
if(NOT Clang_FOUND OR NOT LLVM_VERSION_MAJOR IN_LIST releases)
  list(JOIN releases ", " releases)
  message(FATAL_ERROR "smartasync-gen needs the libraries of Clang (one of: ${releases}), found "
                      "'${LLVM_PACKAGE_VERSION}'. On Debian and Ubuntu: apt-get install "
                      "clang-N libclang-N-dev llvm-N-dev. Elsewhere: set Clang_DIR. "
                      "-DSMARTASYNC_BUILD_TOOL=OFF builds the runtime alone.")
endif()

# The resource directory holds stddef.h and the like; without it no header parses.
find_program(clang_of_release NAMES clang-${LLVM_VERSION_MAJOR} clang
             HINTS ${LLVM_TOOLS_BINARY_DIR} NO_DEFAULT_PATH NO_CACHE REQUIRED)
execute_process(COMMAND ${clang_of_release} -print-resource-dir
                OUTPUT_VARIABLE resource_dir OUTPUT_STRIP_TRAILING_WHITESPACE
                COMMAND_ERROR_IS_FATAL ANY)
if(NOT EXISTS ${resource_dir}/include/stddef.h)
  message(FATAL_ERROR "Clang's resource directory '${resource_dir}' has no include/stddef.h; "
                      "on Debian and Ubuntu: apt-get install libclang-common-"
                      "${LLVM_VERSION_MAJOR}-dev")
endif()
message(STATUS "LLVM ${LLVM_PACKAGE_VERSION}, resource directory ${resource_dir}")

# Clang's and LLVM's headers share one folder: a link to llvm/ alone keeps the floors apart.
set(llvm_headers ${PROJECT_BINARY_DIR}/llvm-${LLVM_VERSION_MAJOR}-headers)
file(MAKE_DIRECTORY ${llvm_headers})
foreach(folder llvm llvm-c)
  file(REAL_PATH ${LLVM_INCLUDE_DIR}/${folder} target)
  file(CREATE_LINK ${target} ${llvm_headers}/${folder} SYMBOLIC)
endforeach()

add_library(smartasync_llvm INTERFACE)
target_include_directories(smartasync_llvm SYSTEM INTERFACE ${llvm_headers})
separate_arguments(llvm_definitions NATIVE_COMMAND "${LLVM_DEFINITIONS}")
target_compile_definitions(smartasync_llvm INTERFACE ${llvm_definitions})
if(NOT LLVM_ENABLE_RTTI)
  target_compile_options(smartasync_llvm INTERFACE -fno-rtti)
endif()
# Exactly one copy of LLVM: its option registry aborts the program that holds two.
target_link_libraries(smartasync_llvm INTERFACE LLVM)

add_library(smartasync_clang INTERFACE)
target_include_directories(smartasync_clang SYSTEM INTERFACE ${CLANG_INCLUDE_DIRS})
target_link_libraries(smartasync_clang INTERFACE clang-cpp smartasync_llvm)
target_compile_definitions(smartasync_clang INTERFACE
                           SMARTASYNC_CLANG_RESOURCE_DIR="${resource_dir}")
