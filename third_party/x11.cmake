# X11, as the system has it: only for tests that drag files over the window.
pkg_check_modules(x11 QUIET IMPORTED_TARGET x11)
vitrine_third_party(x11)
if(x11_FOUND)
  target_link_libraries(third_party_x11 INTERFACE PkgConfig::x11)
  target_compile_definitions(third_party_x11 INTERFACE VITRINE_X11=1)
else()
  target_compile_definitions(third_party_x11 INTERFACE VITRINE_X11=0)
endif()
