# nlohmann JSON: seen by sources of engine/models, app/shell, datasets and assets only.
find_path(JSON_INCLUDE nlohmann/json.hpp REQUIRED)
add_library(third_party_json INTERFACE)
add_library(third_party::json ALIAS third_party_json)
target_include_directories(third_party_json SYSTEM INTERFACE ${JSON_INCLUDE})
