# SPDX-License-Identifier: MIT
# `cmake --install`: the runtime, the generator and the package that find_package(SmartAsync) reads.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/SmartAsync)

install(TARGETS smartasync_runtime EXPORT SmartAsyncTargets
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/smartasync
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
if(TARGET smartasync-gen)
  set_target_properties(smartasync-gen PROPERTIES EXPORT_NAME gen)
  install(TARGETS smartasync-gen EXPORT SmartAsyncTargets)
endif()

install(EXPORT SmartAsyncTargets NAMESPACE SmartAsync:: DESTINATION ${package_dir})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/SmartAsyncConfig.cmake.in
                              ${PROJECT_BINARY_DIR}/SmartAsyncConfig.cmake
                              INSTALL_DESTINATION ${package_dir}
                              NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/SmartAsyncConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/SmartAsyncConfig.cmake
              ${PROJECT_BINARY_DIR}/SmartAsyncConfigVersion.cmake
              ${CMAKE_CURRENT_LIST_DIR}/smartasync_generate.cmake
        DESTINATION ${package_dir})
