# FreeType and fontconfig: seen by app/ui/fonts and datasets/glyphs only.
find_package(Freetype REQUIRED)
pkg_check_modules(FONTCONFIG REQUIRED IMPORTED_TARGET fontconfig)
add_library(third_party_freetype INTERFACE)
add_library(third_party::freetype ALIAS third_party_freetype)
target_link_libraries(third_party_freetype INTERFACE Freetype::Freetype PkgConfig::FONTCONFIG)
