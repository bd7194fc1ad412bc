// Fuzzes the reader of rows to judge: where their label is, what their columns are called, blocks and quotes.
#include <fstream>

#include "datasets/anomaly/row_file.h"
#include "tests/datasets/small_files.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine::datasets;

int main(int argc, char** argv) {
  const small::Folder folder;
  const auto path = folder.path / "rows.csv";
  return vitrine::fuzz::run(
      argc, argv,
      {"label,x0,x1,y0,y1\n1,2,3,4,5\n2,4,5,6,7\n", "a;\"b\n\";state\n1,5;2;normal\n3;4;ill\n", "1 2.5e0 -3\n-1 4 5\n"},
      [&](std::string bytes) {
        std::ofstream(path, std::ios::binary) << bytes;
        read_rows(path, {.most_rows = 2});
      });
}
