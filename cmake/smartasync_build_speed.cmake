# SPDX-License-Identifier: MIT
# ccache and lld where the machine has them and the caller has not chosen otherwise.
find_program(SMARTASYNC_CCACHE ccache)
if(SMARTASYNC_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${SMARTASYNC_CCACHE})
endif()

find_program(SMARTASYNC_LLD NAMES ld.lld-22 ld.lld-21 ld.lld-20 ld.lld-19)
if(SMARTASYNC_LLD AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_link_options(--ld-path=${SMARTASYNC_LLD})
elseif(SMARTASYNC_LLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC knows no path of a linker, only a folder in which to look for ld.lld first.
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/linker)
  file(CREATE_LINK ${SMARTASYNC_LLD} ${PROJECT_BINARY_DIR}/linker/ld.lld SYMBOLIC)
  add_link_options(-fuse-ld=lld -B${PROJECT_BINARY_DIR}/linker)
endif()
