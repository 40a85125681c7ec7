# SPDX-License-Identifier: MIT
# The author's library and its user, as each of the projects here has them. Warnings are errors, so
# the unknown attribute must be silent for both.
add_library(shop ${CMAKE_CURRENT_LIST_DIR}/client.cpp ${CMAKE_CURRENT_LIST_DIR}/stock.cpp)
target_include_directories(
  shop PUBLIC "$<BUILD_INTERFACE:${CMAKE_CURRENT_LIST_DIR}/include;${CMAKE_CURRENT_LIST_DIR}>"
              $<INSTALL_INTERFACE:include>)
target_link_libraries(shop PUBLIC SmartAsync::runtime)
target_compile_options(shop PRIVATE -Wall -Wextra -Werror)

add_executable(app ${CMAKE_CURRENT_LIST_DIR}/main.cpp)
target_link_libraries(app PRIVATE shop)
target_compile_options(app PRIVATE -Wall -Wextra -Werror)
enable_testing()
add_test(NAME app COMMAND app)
