# The three shapes a target may have here. Sources are listed by hand: the list is the table of contents.

add_library(strop_options INTERFACE)
target_compile_options(strop_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Werror=return-type -Werror=unused-result)
# At -O2 GCC 12 takes the members of a moved std::variant for uninitialised; the sanitizers see nothing of it.
target_compile_options(strop_options INTERFACE $<$<CONFIG:RelWithDebInfo>:-Wno-maybe-uninitialized>)
target_compile_definitions(
  strop_options
  INTERFACE QT_NO_CAST_FROM_BYTEARRAY
            QT_NO_CAST_TO_ASCII
            QT_NO_FOREACH
            QT_NO_KEYWORDS
            STROP_VERSION="${PROJECT_VERSION}")
target_include_directories(strop_options INTERFACE ${PROJECT_SOURCE_DIR})

# For targets with code that Qt generates from QML, which shadows names. Linked after strop_options.
add_library(strop_generated_code INTERFACE)
target_compile_options(strop_generated_code INTERFACE -Wno-shadow)

# A precompiled header for the libraries, one for the executables (GCC refuses a -fPIC header for -fPIE code), and one
# for the test programs, whose frameworks cost more than the code under test.
if(STROP_PCH)
  file(GENERATE OUTPUT ${PROJECT_BINARY_DIR}/pch/empty.cpp CONTENT "")
  file(GENERATE OUTPUT ${PROJECT_BINARY_DIR}/pch/main.cpp CONTENT "int main() {}\n")
  set(strop_pch_headers <QtCore> <algorithm> <chrono> <functional> <memory> <optional> <string> <tl/expected.hpp> <variant> <vector>)
  add_library(strop_pch STATIC ${PROJECT_BINARY_DIR}/pch/empty.cpp)
  add_executable(strop_pch_executable ${PROJECT_BINARY_DIR}/pch/main.cpp)
  add_executable(strop_pch_test EXCLUDE_FROM_ALL ${PROJECT_BINARY_DIR}/pch/main.cpp)
  foreach(target strop_pch strop_pch_executable strop_pch_test)
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/pch)
    target_link_libraries(${target} PRIVATE strop_options Qt6::Core tl::expected)
    target_precompile_headers(${target} PRIVATE ${strop_pch_headers})
  endforeach()
  if(STROP_TESTS)
    target_link_libraries(strop_pch_test PRIVATE GTest::gmock) # its macros must be those of the programs
    target_precompile_headers(strop_pch_test PRIVATE <gmock/gmock.h> <gtest/gtest.h>)
  endif()
endif()

function(strop_use_pch target source)
  if(STROP_PCH)
    target_precompile_headers(${target} REUSE_FROM ${source})
  endif()
endfunction()

# strop_library(<folder> [MOC] HEADERS … SOURCES … LINKS …): the static library of one folder. MOC where it has a Q_OBJECT:
# elsewhere looking for one would cost a run of moc and a compilation for nothing. Every header is parsed alone
# by the target check_headers of tests/tidy.
function(strop_library name)
  cmake_parse_arguments(arg "MOC" "" "HEADERS;SOURCES;LINKS" ${ARGN})
  add_library(strop_${name} STATIC ${arg_SOURCES})
  set_target_properties(strop_${name} PROPERTIES AUTOMOC ${arg_MOC})
  target_sources(strop_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${arg_HEADERS})
  target_link_libraries(strop_${name} PUBLIC strop_options tl::expected ${arg_LINKS})
  strop_use_pch(strop_${name} strop_pch)
endfunction()

# strop_executable(<name> SOURCES … LINKS …): a program in build/<preset>/bin.
function(strop_executable name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE strop_options ${arg_LINKS})
  strop_use_pch(${name} strop_pch_executable)
endfunction()

# strop_test(<name> SOURCES … LINKS …): a GoogleTest program; each of its tests is one ctest.
function(strop_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE strop_options ${arg_LINKS} GTest::gmock strop_test_main)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  strop_use_pch(${name} strop_pch_test)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 120)
endfunction()

# strop_qml_module(<name> URI <Strop.…> QML_FILES … HEADERS … SOURCES … RESOURCES … LINKS … IMPORTS …): a QML module as a static library
# strop_<name> with the plugin that a program links as strop_<name>plugin. IMPORTS are the modules whose types its C++ shows. Its headers are included by basename in the generated
# type registration, so the folder is on its include path and the basenames are unique.
function(strop_qml_module name)
  cmake_parse_arguments(arg "" "URI" "QML_FILES;HEADERS;SOURCES;RESOURCES;LINKS;IMPORTS" ${ARGN})
  set(CMAKE_AUTOMOC ON)
  string(REPLACE "." "/" path ${arg_URI})
  qt_add_qml_module(
    strop_${name}
    URI ${arg_URI}
    VERSION 1.0
    STATIC
    RESOURCE_PREFIX /qt/qml
    OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/qml/${path}
    QML_FILES ${arg_QML_FILES}
    SOURCES ${arg_HEADERS} ${arg_SOURCES}
    RESOURCES ${arg_RESOURCES}
    DEPENDENCIES QtQml.Models ${arg_IMPORTS})
  target_include_directories(strop_${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(strop_${name} PUBLIC strop_options tl::expected Qt6::Qml ${arg_LINKS}
                        PRIVATE strop_generated_code)
  strop_use_pch(strop_${name} strop_pch)
endfunction()

# strop_plugins(<window> <module> …): strop_<window>_plugins, the plugins of every QML module that a window imports.
function(strop_plugins window)
  list(TRANSFORM ARGN REPLACE "(.+)" "strop_\\1plugin" OUTPUT_VARIABLE plugins)
  add_library(strop_${window}_plugins INTERFACE)
  target_link_libraries(strop_${window}_plugins INTERFACE ${plugins})
endfunction()
