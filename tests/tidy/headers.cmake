# The target check_headers: every header of the tree is parsed alone, with all warnings as errors and without the
# precompiled header, again only when it or something that it includes has changed. CMake's own
# all_verify_interface_header_sets would compile to objects and leave out the headers of programs, plugins and tests.

add_library(strop_header_check INTERFACE)
target_link_libraries(
  strop_header_check
  INTERFACE strop_options
            tl::expected
            Qt6::HttpServer
            Qt6::Quick
            Qt6::QuickControls2
            Qt6::Sql
            Qt6::Test
            Qt6::WebSockets
            PkgConfig::sodium
            GTest::gmock)

set(options $<TARGET_PROPERTY:strop_header_check,INTERFACE_COMPILE_OPTIONS>)
set(definitions $<TARGET_PROPERTY:strop_header_check,INTERFACE_COMPILE_DEFINITIONS>)
set(all_includes $<TARGET_PROPERTY:strop_header_check,INTERFACE_INCLUDE_DIRECTORIES>)
set(libraries "$<FILTER:$<REMOVE_DUPLICATES:${all_includes}>,EXCLUDE,^(/usr/include|${PROJECT_SOURCE_DIR})$>")
set(flags
    -std=c++20
    $<REMOVE_DUPLICATES:${options}>
    -Werror
    -D$<JOIN:${definitions},$<SEMICOLON>-D>
    -iquote${PROJECT_SOURCE_DIR}
    -isystem$<JOIN:${libraries},$<SEMICOLON>-isystem>)

file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/shared/*.h
     ${PROJECT_SOURCE_DIR}/resources/*.h ${PROJECT_SOURCE_DIR}/server/*.h ${PROJECT_SOURCE_DIR}/client/*.h
     ${PROJECT_SOURCE_DIR}/kiosk/*.h ${PROJECT_SOURCE_DIR}/qml/*.h ${PROJECT_SOURCE_DIR}/tests/*.h)
set(stamps)
foreach(header ${headers})
  set(stamp ${CMAKE_CURRENT_BINARY_DIR}/headers/${header}.ok)
  get_filename_component(folder ${stamp} DIRECTORY)
  file(MAKE_DIRECTORY ${folder})
  add_custom_command(
    OUTPUT ${stamp}
    COMMAND ${CMAKE_CXX_COMPILER} ${flags} -fsyntax-only -MD -MT ${stamp} -MF ${stamp}.d -x c++ -include ${header}
            /dev/null
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS ${PROJECT_SOURCE_DIR}/${header}
    DEPFILE ${stamp}.d
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    COMMENT "Parsing ${header} alone"
    COMMAND_EXPAND_LISTS VERBATIM)
  list(APPEND stamps ${stamp})
endforeach()
add_custom_target(check_headers DEPENDS ${stamps})
