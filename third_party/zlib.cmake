# zlib, as the system has it: seen by engine/core/zip only.
find_package(ZLIB REQUIRED)
vitrine_third_party(zlib)
target_link_libraries(third_party_zlib INTERFACE ZLIB::ZLIB)
