# SPDX-License-Identifier: MIT
#[[
smartasync_generate(
  TARGET <target>              the target whose headers these are; its include directories,
                               definitions and standard are what the generator reads them with
  HEADERS <header>...          by path, or as one includes it (SQLiteCpp/Database.h)
  [NAMESPACE_MAP <from>=<to>...]
  [ADOPT <file>...]            adoption files, for headers that nobody may edit
  [CHECKED_IN <dir>]           the outputs are committed files below <dir>: the build writes nothing,
                               `smartasync_check` and the test <target>.smartasync-drift compare,
                               `smartasync_update` rewrites
  [FILE_SET <name>]            the outputs join this set of the target's headers, to be installed
  [DEPENDS <file or target>...]  what must be built before the headers can be read
  [OPTIONS <option>...])       further options of smartasync-gen

A header that is included as "shop/client.hpp" has its entries in "shop/client.smart.hpp", on the
target's include path and on that of everything that links it. A header's include name is its path
relative to the longest of the target's include directories that holds it, so give the target its
include directories first. The generator runs once for all headers of a target, when one of them or
of what they include has changed, and writes what comes out different.

Cross compiling, set SMARTASYNC_GEN_EXECUTABLE to a smartasync-gen that runs on the host.
]]
include_guard(GLOBAL)
cmake_policy(PUSH)
cmake_policy(VERSION 3.25)

function(smartasync_generate)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "TARGET;CHECKED_IN;FILE_SET"
                        "HEADERS;NAMESPACE_MAP;ADOPT;DEPENDS;OPTIONS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "smartasync_generate: what is '${arg_UNPARSED_ARGUMENTS}'?")
  endif()
  # The set that is called HEADERS reads like our own keyword.
  if("FILE_SET" IN_LIST arg_KEYWORDS_MISSING_VALUES)
    set(arg_FILE_SET HEADERS)
  endif()
  if(NOT arg_TARGET OR NOT arg_HEADERS)
    message(FATAL_ERROR "smartasync_generate: TARGET and HEADERS are needed")
  endif()
  _smartasync_resolve_target(${arg_TARGET} target)
  if(TARGET ${target}.smartasync)
    message(FATAL_ERROR "smartasync_generate: '${target}' has had its call; "
                        "name all of its headers in one, they are read together")
  endif()

  set(build_dir ${CMAKE_CURRENT_BINARY_DIR}/${target}.smartasync)
  get_property(is_multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(is_multi_config)
    string(APPEND build_dir /$<CONFIG>)
  endif()
  if(arg_CHECKED_IN)
    cmake_path(ABSOLUTE_PATH arg_CHECKED_IN NORMALIZE OUTPUT_VARIABLE output_dir)
  else()
    set(output_dir ${build_dir}/include)
  endif()

  set(headers "")
  set(header_files "")
  set(outputs "")
  foreach(header IN LISTS arg_HEADERS)
    _smartasync_find_header(${target} "${header}" path include_name)
    if(path)
      list(APPEND headers ${path})
      list(APPEND header_files ${path})
    else()
      list(APPEND headers ${include_name})
    endif()
    cmake_path(GET include_name EXTENSION LAST_ONLY extension)
    cmake_path(REPLACE_EXTENSION include_name LAST_ONLY smart${extension})
    list(APPEND outputs ${output_dir}/${include_name})
  endforeach()

  _smartasync_write_flags(${target} ${build_dir} flags_file)
  list(TRANSFORM arg_NAMESPACE_MAP PREPEND --namespace-map=)
  set(adoption_files "")
  foreach(file IN LISTS arg_ADOPT)
    cmake_path(ABSOLUTE_PATH file NORMALIZE)
    list(APPEND adoption_files ${file})
  endforeach()
  set(options --flags-file=${flags_file} --output-dir=${output_dir} ${arg_NAMESPACE_MAP})
  foreach(file IN LISTS adoption_files)
    list(APPEND options --adopt=${file})
  endforeach()
  list(APPEND options ${arg_OPTIONS})

  if(arg_CHECKED_IN)
    _smartasync_add_drift_check(${target} ${output_dir} "${options}" "${headers}" "${arg_DEPENDS}")
  else()
    _smartasync_add_run(${target} ${build_dir} "${options}" "${headers}" "${outputs}"
                        "${flags_file};${header_files};${adoption_files};${arg_DEPENDS}")
  endif()
  _smartasync_publish(${target} ${output_dir} "${arg_FILE_SET}" "${outputs}")
endfunction()

# The target behind an alias.
function(_smartasync_resolve_target name out)
  if(NOT TARGET ${name})
    message(FATAL_ERROR "smartasync_generate: there is no target '${name}'")
  endif()
  get_target_property(aliased ${name} ALIASED_TARGET)
  if(aliased)
    set(name ${aliased})
  endif()
  get_target_property(is_imported ${name} IMPORTED)
  if(is_imported)
    message(FATAL_ERROR "smartasync_generate: '${name}' is imported; name a target of your own "
                        "that links it (an INTERFACE library will do)")
  endif()
  set(${out} ${name} PARENT_SCOPE)
endfunction()

# The path of a header of the project and the name under which it is included. A header that is no
# file here is taken for an include name: the generator looks for it where the compiler would.
function(_smartasync_find_header target header out_path out_include_name)
  set(path "")
  foreach(folder ${CMAKE_CURRENT_SOURCE_DIR} ${CMAKE_CURRENT_BINARY_DIR})
    cmake_path(ABSOLUTE_PATH header BASE_DIRECTORY ${folder} NORMALIZE OUTPUT_VARIABLE candidate)
    get_source_file_property(is_generated ${candidate} GENERATED)
    if(NOT path AND (is_generated OR EXISTS ${candidate}))
      set(path ${candidate})
    endif()
  endforeach()
  cmake_path(IS_ABSOLUTE header is_absolute)
  if(is_absolute AND NOT path)
    message(FATAL_ERROR "smartasync_generate: there is no header ${header}")
  endif()

  set(include_name "")
  if(NOT path)
    set(include_name ${header})
  else()
    _smartasync_collect(${target} INCLUDE_DIRECTORIES INTERFACE_INCLUDE_DIRECTORIES folders)
    set(longest 0)
    foreach(folder IN LISTS folders)
      cmake_path(IS_ABSOLUTE folder is_absolute)
      if(NOT is_absolute)
        continue()
      endif()
      cmake_path(IS_PREFIX folder ${path} NORMALIZE is_prefix)
      string(LENGTH ${folder} length)
      if(is_prefix AND length GREATER longest)
        set(longest ${length})
        cmake_path(RELATIVE_PATH path BASE_DIRECTORY ${folder} OUTPUT_VARIABLE include_name)
      endif()
    endforeach()
    if(NOT include_name)
      message(FATAL_ERROR "smartasync_generate: ${path} is in none of the include directories of "
                          "'${target}'; call target_include_directories before")
    endif()
  endif()
  set(${out_path} "${path}" PARENT_SCOPE)
  set(${out_include_name} ${include_name} PARENT_SCOPE)
endfunction()

# The values of a property over the target and all that it links, as far as they are known now.
function(_smartasync_collect target own_property interface_property out)
  _smartasync_linked_targets(${target} linked)
  get_target_property(values ${target} ${own_property})
  foreach(member ${target} ${linked})
    get_target_property(more ${member} ${interface_property})
    list(APPEND values ${more})
  endforeach()
  # What stands inside of generator expressions counts as if each were true; what an expression stands
  # for otherwise is not known before the build files are written.
  string(REGEX REPLACE "\\$<INSTALL_INTERFACE:[^<>]*>" "" values "${values}")
  set(before "")
  while(NOT before STREQUAL values)
    set(before "${values}")
    string(REGEX REPLACE "\\$<([^<>:]*:)?([^<>]*)>" "\\2" values "${values}")
  endwhile()
  list(FILTER values EXCLUDE REGEX "NOTFOUND$|^$")
  list(REMOVE_DUPLICATES values)
  set(${out} ${values} PARENT_SCOPE)
endfunction()

# Everything that a target links, through any depth, in no particular order.
function(_smartasync_linked_targets target out)
  set(seen "")
  set(open ${target})
  while(open)
    list(POP_FRONT open next)
    set(links "")
    foreach(property LINK_LIBRARIES INTERFACE_LINK_LIBRARIES)
      get_target_property(values ${next} ${property})
      list(APPEND links ${values})
    endforeach()
    list(TRANSFORM links REPLACE "^\\$<[A-Z_]+:([^<>]*)>$" "\\1")
    foreach(link IN LISTS links)
      if(TARGET "${link}")
        get_target_property(aliased ${link} ALIASED_TARGET)
        if(aliased)
          set(link ${aliased})
        endif()
        if(NOT link IN_LIST seen AND NOT link STREQUAL target)
          list(APPEND seen ${link})
          list(APPEND open ${link})
        endif()
      endif()
    endforeach()
  endwhile()
  set(${out} ${seen} PARENT_SCOPE)
endfunction()

# Include paths, definitions, standard and machine of the target, one flag a line. Warnings and -f
# flags stay behind: they may be another compiler's.
function(_smartasync_write_flags target build_dir out)
  get_target_property(type ${target} TYPE)
  set(scope "")
  if(type STREQUAL INTERFACE_LIBRARY)
    set(scope INTERFACE_)
  endif()
  set(includes $<TARGET_PROPERTY:${target},${scope}INCLUDE_DIRECTORIES>)
  set(system_includes $<TARGET_PROPERTY:${target},${scope}SYSTEM_INCLUDE_DIRECTORIES>)
  set(definitions $<TARGET_PROPERTY:${target},${scope}COMPILE_DEFINITIONS>)
  set(compile_options $<TARGET_PROPERTY:${target},${scope}COMPILE_OPTIONS>)
  set(features $<TARGET_PROPERTY:${target},${scope}COMPILE_FEATURES>)
  set(standard $<TARGET_PROPERTY:${target},CXX_STANDARD>)
  set(extensions $<TARGET_PROPERTY:${target},CXX_EXTENSIONS>)
  if(scope)  # these two are not set for a library that compiles nothing
    set(standard ${CMAKE_CXX_STANDARD})
    set(extensions ${CMAKE_CXX_EXTENSIONS})
  endif()

  # The compiler's own directories would come too early and break #include_next.
  if(CMAKE_CXX_IMPLICIT_INCLUDE_DIRECTORIES)
    string(REGEX REPLACE "([][.+*?^$()|])" "[\\1]" implicit
           "${CMAKE_CXX_IMPLICIT_INCLUDE_DIRECTORIES}")
    list(JOIN implicit "|" implicit)
    set(includes "$<FILTER:${includes},EXCLUDE,^(${implicit})/?$>")
    set(system_includes "$<FILTER:${system_includes},EXCLUDE,^(${implicit})/?$>")
  endif()

  set(is_gnu $<IF:$<STREQUAL:${extensions},>,1,$<BOOL:${extensions}>>)
  set(is_26 $<OR:$<STREQUAL:${standard},26>,$<IN_LIST:cxx_std_26,${features}>>)
  set(is_23 $<OR:$<STREQUAL:${standard},23>,$<IN_LIST:cxx_std_23,${features}>>)
  set(flags "-std=$<IF:${is_gnu},gnu,c>++$<IF:${is_26},26,$<IF:${is_23},23,20>>\n")

  # -m32, -stdlib=libc++ and the like decide which system headers are read.
  set(machine_flags "^(-stdlib=.*|-m32|-m64|-[DU].+)$")
  separate_arguments(global_options UNIX_COMMAND "${CMAKE_CXX_FLAGS}")
  list(FILTER global_options INCLUDE REGEX "${machine_flags}")
  if(CMAKE_SYSROOT)
    list(APPEND global_options --sysroot=${CMAKE_SYSROOT})
  endif()
  if(CMAKE_CXX_COMPILER_TARGET)
    list(APPEND global_options --target=${CMAKE_CXX_COMPILER_TARGET})
  elseif(CMAKE_CROSSCOMPILING AND CMAKE_CXX_LIBRARY_ARCHITECTURE)
    list(APPEND global_options --target=${CMAKE_CXX_LIBRARY_ARCHITECTURE})
  endif()
  foreach(option IN LISTS global_options)
    string(APPEND flags "${option}\n")
  endforeach()

  _smartasync_lines("" "$<FILTER:${compile_options},INCLUDE,${machine_flags}>" lines)
  string(APPEND flags "${lines}")
  _smartasync_lines(-D "${definitions}" lines)
  string(APPEND flags "${lines}")
  _smartasync_lines(-I "${includes}" lines)
  string(APPEND flags "${lines}")
  # After -I: what stands in both is a system directory, as for the compilers.
  _smartasync_lines(-isystem "${system_includes}" lines)
  string(APPEND flags "${lines}")

  # One file for each language of the project, so that $<COMPILE_LANGUAGE:...> can be answered.
  file(GENERATE OUTPUT ${build_dir}/$<COMPILE_LANGUAGE>-$<CONFIG>.flags CONTENT "${flags}"
       TARGET ${target})
  set(${out} ${build_dir}/CXX-$<CONFIG>.flags PARENT_SCOPE)
endfunction()

# A generator expression: each element of a list on a line of its own, after the prefix.
function(_smartasync_lines prefix list out)
  set(${out} "$<$<NOT:$<STREQUAL:${list},>>:${prefix}$<JOIN:${list},\n${prefix}>\n>" PARENT_SCOPE)
endfunction()

# How to call the generator, and what to depend on for it.
function(_smartasync_find_tool out_command out_dependency)
  set(command "")
  set(dependency "")
  if(SMARTASYNC_GEN_EXECUTABLE)
    set(command ${SMARTASYNC_GEN_EXECUTABLE})
    set(dependency ${SMARTASYNC_GEN_EXECUTABLE})
  elseif(TARGET SmartAsync::gen)
    set(command $<TARGET_FILE:SmartAsync::gen>)
    get_target_property(dependency SmartAsync::gen ALIASED_TARGET)
    if(NOT dependency)
      set(dependency SmartAsync::gen)
    endif()
  endif()
  set(${out_command} "${command}" PARENT_SCOPE)
  set(${out_dependency} "${dependency}" PARENT_SCOPE)
endfunction()

# Outputs in the build directory. The stamp is what is up to date or not: an output that did not
# change keeps its time, and Makefiles would run the generator for it again and again.
function(_smartasync_add_run target build_dir options headers outputs dependencies)
  _smartasync_find_tool(tool tool_dependency)
  if(NOT tool)
    message(FATAL_ERROR "smartasync_generate: no smartasync-gen; set SMARTASYNC_GEN_EXECUTABLE to "
                        "one, or build SmartAsync with SMARTASYNC_BUILD_TOOL=ON")
  endif()
  set(stamp ${build_dir}/stamp)
  add_custom_command(
    OUTPUT ${stamp}
    BYPRODUCTS ${outputs}
    DEPFILE ${build_dir}/stamp.d
    DEPENDS ${tool_dependency} ${dependencies}
    COMMAND ${tool} ${options} --stamp=${stamp} --depfile=${build_dir}/stamp.d ${headers}
    COMMENT "Generating the entries of ${target}"
    VERBATIM)
  add_custom_target(${target}.smartasync DEPENDS ${stamp})
  add_dependencies(${target} ${target}.smartasync)
  _smartasync_order_after_links(${target} ${target}.smartasync)
  _smartasync_join(smartasync_check ${target}.smartasync)
endfunction()

# Outputs that are committed. Without a generator the project builds all the same, unchecked.
function(_smartasync_add_drift_check target output_dir options headers dependencies)
  add_custom_target(${target}.smartasync)
  # Where targets share the directory, what is an orphan to one may be another's.
  set_property(GLOBAL APPEND PROPERTY "smartasync_checked_in_${output_dir}" ${target}.smartasync)
  get_property(sharing GLOBAL PROPERTY "smartasync_checked_in_${output_dir}")
  list(LENGTH sharing count)
  if(count GREATER 1)
    set_target_properties(${sharing} PROPERTIES SMARTASYNC_SHARES_DIRECTORY TRUE)
  endif()
  set(shares $<BOOL:$<TARGET_PROPERTY:${target}.smartasync,SMARTASYNC_SHARES_DIRECTORY>>)
  set(check --check $<${shares}:--keep-orphans>)
  _smartasync_find_tool(tool tool_dependency)
  if(NOT tool)
    message(STATUS "smartasync_generate: no smartasync-gen, the outputs of ${target} go unchecked")
    return()
  endif()
  add_custom_target(${target}.smartasync-check
                    COMMAND ${tool} ${check} ${options} ${headers}
                    DEPENDS ${dependencies}
                    COMMENT "Checking the entries of ${target}" VERBATIM COMMAND_EXPAND_LISTS)
  add_custom_target(${target}.smartasync-update
                    COMMAND ${tool} ${options} ${headers}
                    DEPENDS ${dependencies}
                    COMMENT "Rewriting the entries of ${target}" VERBATIM)
  add_test(NAME ${target}.smartasync-drift COMMAND ${tool} ${check} ${options} ${headers}
           COMMAND_EXPAND_LISTS)
  foreach(step check update)
    _smartasync_order_after_links(${target} ${target}.smartasync-${step})
    _smartasync_join(smartasync_${step} ${target}.smartasync-${step})
  endforeach()
endfunction()

# One target of the whole build that stands for a step of every target.
function(_smartasync_join whole part)
  if(NOT TARGET ${whole})
    add_custom_target(${whole})
  endif()
  add_dependencies(${whole} ${part})
endfunction()

# The headers may include what the linked targets generate, so those are built first. What they are
# is known when the whole project has been read.
function(_smartasync_order_after_links target step)
  cmake_language(EVAL CODE "cmake_language(DEFER DIRECTORY [==[${CMAKE_SOURCE_DIR}]==]
                 CALL _smartasync_add_link_dependencies [==[${target}]==] [==[${step}]==])")
endfunction()

function(_smartasync_add_link_dependencies target step)
  _smartasync_linked_targets(${target} linked)
  foreach(library IN LISTS linked)
    get_target_property(is_imported ${library} IMPORTED)
    _smartasync_linked_targets(${library} linked_by_library)
    # Static libraries may link each other in a ring; a step of a build may not wait in one.
    if(NOT is_imported AND NOT target IN_LIST linked_by_library)
      add_dependencies(${step} ${library})
    endif()
  endforeach()
endfunction()

# Puts the outputs on the include path, into the file set, and the attribute out of the warnings.
function(_smartasync_publish target output_dir file_set outputs)
  get_target_property(type ${target} TYPE)
  set(scope PUBLIC)
  if(type STREQUAL INTERFACE_LIBRARY)
    set(scope INTERFACE)
  else()
    # GCC cannot be told about one attribute without a scope, only about all.
    target_compile_options(${target} PRIVATE
                           $<$<COMPILE_LANG_AND_ID:CXX,Clang,AppleClang>:-Wno-unknown-attributes>
                           $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-attributes>)
  endif()
  target_include_directories(${target} ${scope} $<BUILD_INTERFACE:${output_dir}>)
  if(file_set)
    set(set_type "")
    if(NOT file_set STREQUAL HEADERS)
      set(set_type TYPE HEADERS)
    endif()
    target_sources(${target} ${scope} FILE_SET ${file_set} ${set_type} BASE_DIRS ${output_dir}
                   FILES ${outputs})
  endif()
endfunction()

cmake_policy(POP)
