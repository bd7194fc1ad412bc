# GLFW 3.3 and OpenGL: seen by app/shell only.
vitrine_find_headers(glfw GLFW/glfw3.h
  https://github.com/glfw/glfw.git 7482de6071d21db77a7236155da44c172a7f6c9e include) # 3.3.8
if(GLFW_SOURCE)
  set(GLFW_BUILD_DOCS OFF CACHE BOOL "" FORCE)
  set(GLFW_BUILD_TESTS OFF CACHE BOOL "" FORCE)
  set(GLFW_BUILD_EXAMPLES OFF CACHE BOOL "" FORCE)
  set(GLFW_INSTALL OFF CACHE BOOL "" FORCE)
  add_subdirectory(${GLFW_SOURCE} third_party/glfw EXCLUDE_FROM_ALL)
else()
  find_package(glfw3 3.3 REQUIRED)
endif()
find_package(OpenGL REQUIRED COMPONENTS OpenGL)
vitrine_third_party(glfw ${GLFW_INCLUDE})
target_link_libraries(third_party_glfw INTERFACE glfw OpenGL::OpenGL)
# Else Mesa's headers stop at OpenGL 1.1.
target_compile_definitions(third_party_glfw INTERFACE GL_GLEXT_PROTOTYPES)
