# SPDX-License-Identifier: MIT
# To CMake a system that is named is another one, though it may be the host.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR ${CMAKE_HOST_SYSTEM_PROCESSOR})
