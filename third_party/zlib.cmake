# zlib: seen by engine/core/zip and the PNG writer only.
find_package(ZLIB REQUIRED)
add_library(third_party_zlib INTERFACE)
add_library(third_party::zlib ALIAS third_party_zlib)
target_link_libraries(third_party_zlib INTERFACE ZLIB::ZLIB)
