// Fuzzes the loader of CIFAR batches.
#include "datasets/files/cifar.h"
#include "tests/datasets/small_files.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine::datasets;

int main(int argc, char** argv) {
  return vitrine::fuzz::run(argc, argv, {small::cifar()},
                            [](std::string bytes) { parse_cifar(std::move(bytes), CifarKind::ten, "fuzz"); });
}
