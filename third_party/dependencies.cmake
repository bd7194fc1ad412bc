# One file per dependency; each wraps it as a SYSTEM interface target third_party::NAME. Where it comes from, in this order:
# the folder VITRINE_<NAME>_SOURCE, the system's package, or with VITRINE_FETCH=ON the pinned commit of its own repository.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
include(FetchContent)

# vitrine_find_headers(NAME HEADER REPOSITORY COMMIT [SUFFIX...]) sets <NAME>_INCLUDE, the folder that holds the header, and
# <NAME>_SOURCE, the source folder, which is empty for the system's package. Nothing is remembered between two runs of
# CMake, so that changing an option is enough.
function(vitrine_find_headers name header repository commit)
  string(TOUPPER ${name} NAME)
  set(VITRINE_${NAME}_SOURCE "" CACHE PATH "Source folder of ${name}, instead of the system's package")
  set(source ${VITRINE_${NAME}_SOURCE})
  if(NOT source)
    find_path(include ${header} PATH_SUFFIXES ${ARGN} NO_CACHE)
    if(NOT include AND VITRINE_FETCH)
      FetchContent_Declare(vitrine_${name} GIT_REPOSITORY ${repository} GIT_TAG ${commit} SOURCE_SUBDIR none)
      FetchContent_MakeAvailable(vitrine_${name}) # SOURCE_SUBDIR none: its own CMakeLists.txt is not entered
      set(source ${vitrine_${name}_SOURCE_DIR})
    endif()
  endif()
  if(source)
    find_path(include ${header} PATHS ${source} PATH_SUFFIXES ${ARGN} NO_DEFAULT_PATH NO_CACHE)
  endif()
  if(NOT include)
    message(FATAL_ERROR "${name}: ${header} is not to be found. Install the package that ./run names, "
      "or give -DVITRINE_${NAME}_SOURCE=DIR, or -DVITRINE_FETCH=ON.")
  endif()
  set(${NAME}_INCLUDE ${include} PARENT_SCOPE)
  set(${NAME}_SOURCE "${source}" PARENT_SCOPE)
endfunction()

# third_party::NAME as nothing but a folder of headers.
function(vitrine_third_party name)
  add_library(third_party_${name} INTERFACE)
  add_library(third_party::${name} ALIAS third_party_${name})
  target_include_directories(third_party_${name} SYSTEM INTERFACE ${ARGN})
endfunction()

foreach(dependency glfw imgui freetype eigen json cli11 doctest opencv vulkan zlib dbus x11)
  include(${CMAKE_CURRENT_LIST_DIR}/${dependency}.cmake)
endforeach()
