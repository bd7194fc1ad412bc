// Fuzzes the loader of UCR text and of CSV series.
#include "datasets/files/csv.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine::datasets;

int main(int argc, char** argv) {
  return vitrine::fuzz::run(argc, argv, {"1 2.5e0 -3\n2 4 5\n", "label,t0,t1\n1,2,3\n-1,4,5\n", "  1\t1\n 2\t3\n"},
                            [](std::string bytes) { parse_series(bytes, "fuzz"); });
}
