// Fuzzes the loader of GIF pictures.
#include "datasets/images/picture.h"
#include "tests/datasets/small_pictures.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine::datasets;

int main(int argc, char** argv) {
  return vitrine::fuzz::run(argc, argv, {small::gif(false), small::gif(true)},
                            [](std::string bytes) { decode_picture(bytes, "fuzz"); });
}
