// Fuzzes the loader of PNG, JPEG, WebP and BMP pictures.
#include "datasets/images/picture.h"
#include "tests/datasets/small_pictures.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine::datasets;

int main(int argc, char** argv) {
  return vitrine::fuzz::run(argc, argv,
                            {small::picture(".png"), small::half_transparent_png(), small::picture(".jpg"),
                             small::picture(".webp"), small::picture(".bmp")},
                            [](std::string bytes) { decode_picture(bytes, "fuzz", 4); });
}
