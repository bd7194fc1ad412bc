// Fuzzes the loader of IDX files.
#include "datasets/files/idx.h"
#include "tests/datasets/small_files.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine::datasets;

int main(int argc, char** argv) {
  return vitrine::fuzz::run(argc, argv, {small::idx(), small::idx_labels()},
                            [](std::string bytes) { parse_idx(std::move(bytes), "fuzz"); });
}
