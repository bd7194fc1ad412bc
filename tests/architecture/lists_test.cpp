// Ops, exhibits and data sets are each listed once, and a second or a forgotten line is found.
#include "tests/architecture/lists.h"

#include <doctest/doctest.h>

namespace vitrine::architecture {
namespace {

TEST_CASE("ops, exhibits and data sets are listed exactly once") {
  const std::vector<SourceFile> files = repository();
  for (const auto rule :
       {ops_not_listed_once, exhibits_not_listed_once, data_sets_not_listed_once, second_lists_of_ops}) {
    const Findings findings = rule(files);
    CHECK_MESSAGE(findings.empty(), joined(findings));
  }
}

TEST_CASE("an op that is forgotten or listed twice is found") {
  const SourceFile header = source_file("engine/ops/family.h", "extern const Op kOne, kTwo;\nextern const Op kThree;");
  const auto listed = [&](const char* text) {
    return ops_not_listed_once({header, source_file("engine/ops/all_ops.cpp", text)}).size();
  };
  CHECK(listed("{&kOne, &kTwo, &kThree}") == 0);
  CHECK(listed("{&kOne, &kThree}") == 1);
  CHECK(listed("{&kOne, &kTwo, &kTwo, &kThree}") == 1);
  CHECK(listed("{&kOne, &kTwo, // &kThree\n}") == 1);
}

TEST_CASE("an exhibit or a data set that is forgotten or listed twice is found") {
  const SourceFile view = source_file("views/pond/view.cpp", "");
  CHECK(exhibits_not_listed_once({view, source_file("views/registry.cpp", "{}")}).size() == 1);
  CHECK(exhibits_not_listed_once({view, source_file("views/registry.cpp", "{\"pond\", \"Pond\"}")}).empty());
  CHECK(exhibits_not_listed_once({view, source_file("views/registry.cpp", "\"pond\", \"pond\"")}).size() == 1);
  const SourceFile set = source_file("datasets/pond/pond.cpp", "");
  const SourceFile once = source_file("datasets/catalog.h", "#include \"datasets/pond/pond.h\"\n");
  CHECK(data_sets_not_listed_once({set, once}).empty());
  CHECK(data_sets_not_listed_once({set}).size() == 1);
  CHECK(data_sets_not_listed_once({set, once, source_file("datasets/catalog.cpp", once.text)}).size() == 1);
}

TEST_CASE("a second list of ops is found") {
  const SourceFile header = source_file("engine/ops/family.h", "extern const Op kOne, kTwo, kThree;");
  CHECK(second_lists_of_ops({header, source_file("engine/cpu/x.cpp", "{&kOne, &kTwo}")}).size() == 1);
  CHECK(second_lists_of_ops({header, source_file("engine/cpu/x.cpp", "use(kOne);")}).empty());
}

}  // namespace
}  // namespace vitrine::architecture
