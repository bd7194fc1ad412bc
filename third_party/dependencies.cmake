# One file per dependency; each finds the system package and wraps it as a SYSTEM interface target third_party::NAME.
# -DVITRINE_<DEP>_SOURCE=DIR takes a source folder instead; -DVITRINE_FETCH=ON a pinned release where the system has none.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
foreach(dependency imgui glfw freetype eigen json cli11 doctest vulkan zlib)
  include(${CMAKE_CURRENT_LIST_DIR}/${dependency}.cmake)
endforeach()
