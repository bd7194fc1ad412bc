# Dear ImGui: 1.86 as Debian 12 packages it (a static library with the GLFW and OpenGL 3 back ends), or newer, also from source.
vitrine_find_headers(imgui imgui.h
  https://github.com/ocornut/imgui.git c6e0284ac58b3f205c95365478888f7b53b077e2 imgui) # 1.89.9
vitrine_third_party(imgui ${IMGUI_INCLUDE} ${IMGUI_INCLUDE}/backends)
if(IMGUI_SOURCE)
  file(GLOB imgui_sources ${IMGUI_SOURCE}/imgui*.cpp)
  add_library(imgui_built STATIC ${imgui_sources} ${IMGUI_SOURCE}/misc/freetype/imgui_freetype.cpp
    ${IMGUI_SOURCE}/backends/imgui_impl_glfw.cpp ${IMGUI_SOURCE}/backends/imgui_impl_opengl3.cpp)
  target_compile_definitions(imgui_built PUBLIC IMGUI_ENABLE_FREETYPE)
  find_package(Freetype REQUIRED)
  target_include_directories(imgui_built SYSTEM PUBLIC ${IMGUI_SOURCE} ${IMGUI_SOURCE}/misc/freetype)
  target_link_libraries(imgui_built PUBLIC glfw Freetype::Freetype)
  target_link_libraries(third_party_imgui INTERFACE imgui_built)
else()
  find_library(IMGUI_LIBRARY imgui REQUIRED)
  find_library(STB_LIBRARY stb) # Debian's ImGui leaves its rectangle packer to this one
  target_link_libraries(third_party_imgui INTERFACE ${IMGUI_LIBRARY} $<$<BOOL:${STB_LIBRARY}>:${STB_LIBRARY}>)
endif()
