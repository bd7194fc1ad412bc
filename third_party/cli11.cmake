# CLI11: seen by one file of app/cli only.
find_path(CLI11_INCLUDE CLI/CLI.hpp REQUIRED)
add_library(third_party_cli11 INTERFACE)
add_library(third_party::cli11 ALIAS third_party_cli11)
target_include_directories(third_party_cli11 SYSTEM INTERFACE ${CLI11_INCLUDE})
