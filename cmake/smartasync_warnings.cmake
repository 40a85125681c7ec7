# SPDX-License-Identifier: MIT
# Our own builds only: a project that adds us as a folder keeps its own warnings.
add_compile_options(
  "$<$<COMPILE_LANG_AND_ID:CXX,GNU,Clang,AppleClang>:-Wall;-Wextra;-Wpedantic;-Wshadow;-Werror>")
