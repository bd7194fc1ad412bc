# FreeType and fontconfig, as the system has them: seen by app/ui/fonts and datasets/glyphs only.
find_package(Freetype REQUIRED)
pkg_check_modules(FONTCONFIG REQUIRED IMPORTED_TARGET fontconfig)
vitrine_third_party(freetype)
target_link_libraries(third_party_freetype INTERFACE Freetype::Freetype PkgConfig::FONTCONFIG)
