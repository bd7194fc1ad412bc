// A room is a folder of sources with a place in the house. The table in rooms.cpp says which rooms each may see; a
// border says which third party is seen where. These rules read #includes and the links of CMake against both.
#pragma once

#include "tests/architecture/source.h"

namespace vitrine::architecture {

Findings forbidden_includes(const SourceFile& file);
Findings forbidden_links(const std::vector<SourceFile>& files);  // of all CMakeLists.txt together
Findings unfenced_headers(const SourceFile& file);               // headers without #pragma once, files without purpose

}  // namespace vitrine::architecture
