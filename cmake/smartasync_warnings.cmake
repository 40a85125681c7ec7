# SPDX-License-Identifier: MIT
# Our own builds only: a project that adds us as a folder keeps its own warnings.
add_compile_options(
  "$<$<COMPILE_LANG_AND_ID:CXX,GNU,Clang,AppleClang>:-Wall;-Wextra;-Wpedantic;-Wshadow;-Werror>")

# With optimisation GCC 12 sees faults in its own library's strings (its bug 105651 and the like) and
# in Clang's headers; they are shown, and do not end the build.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14)
  foreach(warning array-bounds nonnull restrict stringop-overflow stringop-overread maybe-uninitialized)
    add_compile_options("$<$<NOT:$<CONFIG:Debug>>:-Wno-error=${warning}>")
  endforeach()
endif()
