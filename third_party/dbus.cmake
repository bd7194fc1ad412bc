# D-Bus, as the system has it: seen by app/shell/portal only. Without it the app has its own file list and no wish of the
# desktop to follow.
pkg_check_modules(dbus QUIET IMPORTED_TARGET dbus-1)
vitrine_third_party(dbus)
if(dbus_FOUND)
  target_link_libraries(third_party_dbus INTERFACE PkgConfig::dbus)
  target_compile_definitions(third_party_dbus INTERFACE VITRINE_DBUS=1)
else()
  target_compile_definitions(third_party_dbus INTERFACE VITRINE_DBUS=0)
endif()
