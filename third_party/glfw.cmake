# GLFW 3.3 and OpenGL: seen by app/shell only.
find_package(glfw3 3.3 REQUIRED)
find_package(OpenGL REQUIRED COMPONENTS OpenGL)
add_library(third_party_glfw INTERFACE)
add_library(third_party::glfw ALIAS third_party_glfw)
target_link_libraries(third_party_glfw INTERFACE glfw OpenGL::OpenGL)
