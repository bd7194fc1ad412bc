// Fuzzes the loader of sprite sheets: the bytes are a sheet and, behind a mark, its labels.
#include <algorithm>

#include "datasets/images/sprite.h"
#include "tests/datasets/small_pictures.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine::datasets;

constexpr std::string_view kMark = "LABELS:";

int main(int argc, char** argv) {
  return vitrine::fuzz::run(argc, argv,
                            {small::picture(".png", 16, 8) + std::string(kMark) + std::string("\0\1\0\1", 4),
                             small::picture(".png", 16, 8) + std::string(kMark) + "cat\ndog\ncat\n"},
                            [](std::string bytes) {
                              const std::size_t at = std::min(bytes.rfind(kMark), bytes.size());
                              const std::string labels = bytes.substr(std::min(at + kMark.size(), bytes.size()));
                              parse_sprites(std::string_view(bytes).substr(0, at), labels, {.columns = 4, .rows = 4},
                                            "fuzz");
                            });
}
