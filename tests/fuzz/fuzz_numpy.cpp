// Fuzzes the loader of .npy and .npz files.
#include "datasets/files/npy.h"
#include "tests/datasets/small_files.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine::datasets;

int main(int argc, char** argv) {
  return vitrine::fuzz::run(
      argc, argv,
      {small::npz(false), small::npz(true), small::npy("<f8", true, "(2, 1)", small::raw<double>({1, 2})),
       small::npy("|u1", false, "(2, 2, 2)", "abcdefgh")},
      [](std::string bytes) {
        if (bytes.starts_with("PK")) {
          parse_npz(bytes, "fuzz");
        } else {
          parse_npy(std::move(bytes), "fuzz");
        }
      });
}
