# Vulkan headers, volk (its one source compiled here) and glslangValidator: seen by engine/vulkan only. No loader is linked.
vitrine_find_headers(vulkan vulkan/vulkan.h
  https://github.com/KhronosGroup/Vulkan-Headers.git 29f979ee5aa58b7b005f805ea8df7a855c39ff37 include) # 1.3.296
vitrine_find_headers(volk volk.h
  https://github.com/zeux/volk.git 0b17a763ba5643e32da1b2152f8140461b3b7345) # 1.4.304
find_program(GLSLANG_VALIDATOR glslangValidator REQUIRED)
add_library(third_party_vulkan STATIC ${VOLK_INCLUDE}/volk.c)
add_library(third_party::vulkan ALIAS third_party_vulkan)
target_include_directories(third_party_vulkan SYSTEM PUBLIC ${VULKAN_INCLUDE} ${VOLK_INCLUDE})
target_link_libraries(third_party_vulkan PUBLIC ${CMAKE_DL_LIBS})
