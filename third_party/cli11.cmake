# CLI11: seen by one file of app/cli only.
vitrine_find_headers(cli11 CLI/CLI.hpp
  https://github.com/CLIUtils/CLI11.git 291c58789c031208f08f4f261a858b5b7083e8e2 include) # 2.3.2
vitrine_third_party(cli11 ${CLI11_INCLUDE})
