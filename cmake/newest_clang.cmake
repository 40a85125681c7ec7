# SPDX-License-Identifier: MIT
# A toolchain file: the newest Clang of the machine, for the preset `clang`.
find_program(SMARTASYNC_CLANGXX
             NAMES clang++-22 clang++-21 clang++-20 clang++-19 clang++ REQUIRED)
set(CMAKE_CXX_COMPILER ${SMARTASYNC_CLANGXX})
