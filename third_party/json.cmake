# nlohmann JSON: seen by sources of engine/models, app/shell, datasets and assets only.
vitrine_find_headers(json nlohmann/json.hpp
  https://github.com/nlohmann/json.git bc889afb4c5bf1c0d8ee29ef35eaaf4c8bef8a5d single_include) # 3.11.2
vitrine_third_party(json ${JSON_INCLUDE})
