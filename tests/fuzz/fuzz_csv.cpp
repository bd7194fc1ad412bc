// Fuzzes the loader of CSV tables.
#include "datasets/files/csv.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine::datasets;

int main(int argc, char** argv) {
  return vitrine::fuzz::run(argc, argv,
                            {"a,b,kind\n1,2,cat\n3,4.5,dog\n", "1;2,5\n3;4\n", "1 2.5e0 -3\n2 4 5\n",
                             "label\tt0\n\"x \"\"y\"\"\"\t1\n\"z\nz\"\t2\n"},
                            [](std::string bytes) { table_dataset(parse_csv(bytes, "fuzz"), {}, "fuzz"); });
}
