# Vulkan headers, volk (its one source compiled here) and glslangValidator: seen by engine/vulkan only. No loader is linked.
find_path(VULKAN_INCLUDE vulkan/vulkan.h REQUIRED)
find_path(VOLK_INCLUDE volk.h REQUIRED)
find_program(GLSLANG_VALIDATOR glslangValidator REQUIRED)
add_library(third_party_vulkan STATIC ${VOLK_INCLUDE}/volk.c)
add_library(third_party::vulkan ALIAS third_party_vulkan)
target_include_directories(third_party_vulkan SYSTEM PUBLIC ${VULKAN_INCLUDE} ${VOLK_INCLUDE})
target_link_libraries(third_party_vulkan PUBLIC ${CMAKE_DL_LIBS})
