// Lists that exist once: each op family is in all_ops.cpp, each exhibit in views/registry.cpp, each data set in the
// catalog, exactly one time, and no other file counts them again.
#pragma once

#include "tests/architecture/source.h"

namespace vitrine::architecture {

Findings ops_not_listed_once(const std::vector<SourceFile>& files);
Findings exhibits_not_listed_once(const std::vector<SourceFile>& files);
Findings data_sets_not_listed_once(const std::vector<SourceFile>& files);
Findings second_lists_of_ops(const std::vector<SourceFile>& files);

}  // namespace vitrine::architecture
