# SPDX-License-Identifier: MIT
# The runtime once more, as a static library, for what is tested or measured beside the one.
include(smartasync_tls_model)

# smartasync_runtime_variant(<target> <tls model>): under a name of its own.
function(smartasync_runtime_variant target tls_model)
  get_target_property(sources smartasync_runtime SOURCES)
  list(TRANSFORM sources PREPEND ${PROJECT_SOURCE_DIR}/runtime/)
  add_library(${target} STATIC ${sources})
  set_target_properties(${target} PROPERTIES
    POSITION_INDEPENDENT_CODE ON UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 34)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/include
                                       PRIVATE ${PROJECT_SOURCE_DIR}/runtime)
  find_package(Threads REQUIRED)
  target_link_libraries(${target} PUBLIC Threads::Threads)
  smartasync_tls_model(${target} ${tls_model})
endfunction()

# smartasync_runtime_of_model(<variable> <tls model>): the one target with this model that all ask
# for.
function(smartasync_runtime_of_model variable tls_model)
  string(REPLACE - _ target smartasync_runtime_${tls_model})
  get_target_property(type smartasync_runtime TYPE)
  if(tls_model STREQUAL SMARTASYNC_TLS_MODEL AND type STREQUAL "STATIC_LIBRARY")
    set(target smartasync_runtime)
  elseif(NOT TARGET ${target})
    smartasync_runtime_variant(${target} ${tls_model})
  endif()
  set(${variable} ${target} PARENT_SCOPE)
endfunction()
