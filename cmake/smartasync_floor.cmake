# SPDX-License-Identifier: MIT
include_guard(GLOBAL)

# smartasync_floor(NAME <floor> SOURCES <file>... [DEPENDS <target>...])
#
# One floor of the generator: the static library smartasync_<floor> of the current source folder.
# Its headers are included as "<floor>/x.hpp" through an include root that holds this one folder (a
# symbolic link in the build tree). A floor therefore sees its own headers and those of DEPENDS, and
# an include of any other floor does not compile.
function(smartasync_floor)
  cmake_parse_arguments(PARSE_ARGV 0 floor "" "NAME" "SOURCES;DEPENDS")
  if(NOT floor_NAME OR NOT floor_SOURCES OR floor_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "smartasync_floor(NAME <floor> SOURCES <file>... [DEPENDS <target>...])")
  endif()

  set(root "${PROJECT_BINARY_DIR}/floors/${floor_NAME}")
  file(MAKE_DIRECTORY "${root}")
  file(CREATE_LINK "${CMAKE_CURRENT_SOURCE_DIR}" "${root}/${floor_NAME}" SYMBOLIC)

  set(target smartasync_${floor_NAME})
  add_library(${target} STATIC ${floor_SOURCES})
  target_compile_features(${target} PUBLIC cxx_std_20)
  # Nearly all of a file's time goes into the headers of Clang and LLVM: 34 files one by one take six
  # times as long as in two units.
  set_target_properties(${target} PROPERTIES
    CXX_EXTENSIONS OFF UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 17)
  target_include_directories(${target} PUBLIC "${root}")
  target_link_libraries(${target} PUBLIC ${floor_DEPENDS})
endfunction()
