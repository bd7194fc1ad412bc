# Several files of a room are compiled as one where VITRINE_UNITY is on: half the time for a whole build, more for one edit.
option(VITRINE_UNITY "Compile the files of a room together" OFF)
function(vitrine_unity target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${VITRINE_UNITY} UNITY_BUILD_BATCH_SIZE 10)
endfunction()

# A room is a folder whose *.cpp files form one static library: the file name is the registration.
# vitrine_room(NAME FOLDER [EXCEPT FOLDER] [LINKS ...] [BORDERS ...]): LINKS are rooms below, BORDERS third parties that only
# this room sees, EXCEPT a folder of it that becomes something of its own.

add_library(vitrine_flags INTERFACE)
target_compile_options(vitrine_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -ffp-contract=off -fvisibility=hidden)
target_include_directories(vitrine_flags INTERFACE ${PROJECT_SOURCE_DIR})
if(VITRINE_SANITIZE)
  add_compile_options(-fsanitize=${VITRINE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  # Between sanitiser checks GCC 12 sees uninitialised values in the library's own headers; the other build looks for them.
  target_compile_options(vitrine_flags INTERFACE -Wno-maybe-uninitialized)
  add_link_options(-fsanitize=${VITRINE_SANITIZE})
endif()

function(vitrine_room name folder)
  cmake_parse_arguments(ROOM "RECURSE" "EXCEPT" "LINKS;BORDERS" ${ARGN})
  if(ROOM_RECURSE)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
  else()
    file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
  endif()
  if(ROOM_EXCEPT)
    list(FILTER sources EXCLUDE REGEX "/${folder}/${ROOM_EXCEPT}/")
  endif()
  if(NOT sources)
    message(FATAL_ERROR "The room ${folder} has no source file.")
  endif()
  add_library(vitrine_${name} STATIC ${sources})
  vitrine_unity(vitrine_${name})
  target_link_libraries(vitrine_${name} PUBLIC ${ROOM_LINKS} PRIVATE vitrine_flags ${ROOM_BORDERS})
endfunction()

# vitrine_tests(ROOM LINKS...): one executable from tests/ROOM/*_test.cpp; each file is one test of ctest, so they run in parallel.
function(vitrine_tests room)
  cmake_parse_arguments(TESTS "" "" "LINKS;LABELS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${room}/*.cpp)
  string(REPLACE "/" "_" target tests_${room})
  add_executable(${target} ${sources})
  vitrine_unity(${target})
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_link_libraries(${target} PRIVATE ${TESTS_LINKS} vitrine_flags vitrine_doctest_main)
  foreach(source ${sources})
    get_filename_component(file ${source} NAME_WE)
    if(file MATCHES "_test$")
      string(REGEX REPLACE "_test$" "" title ${file})
      add_test(NAME ${room}/${title} COMMAND ${target} --source-file=*/${file}.cpp --no-intro
               WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
      set_tests_properties(${room}/${title} PROPERTIES LABELS "${TESTS_LABELS}")
    endif()
  endforeach()
endfunction()

add_custom_target(size_report COMMAND ${PROJECT_SOURCE_DIR}/cmake/size_report.sh USES_TERMINAL)
