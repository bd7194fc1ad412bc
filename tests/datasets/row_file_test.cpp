// Files of rows to judge: where their label is, what of it is normal, what their columns are called, and how many rows
// of a file that is too large are kept.
#include "datasets/anomaly/row_file.h"

#include <doctest/doctest.h>

#include <cmath>

#include "datasets/anomaly/windows.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "tests/datasets/small_files.h"
#include "tests/support/counts.h"

namespace vitrine::datasets {
namespace {

struct Files {
  small::Folder folder;
  RowFile read(const std::string& text, const RowReader::Recipe& recipe = {}) const {
    write_file(folder.path / "rows.csv", text);
    return read_rows(folder.path / "rows.csv", recipe);
  }
  std::string refusal(const std::string& text, const RowReader::Recipe& recipe = {}) const {
    try {
      read(text, recipe);
    } catch (const FileError& error) {
      return error.what();
    }
    return {};
  }
};

std::vector<std::size_t> classes_of(const RowFile& file) {
  std::vector<std::size_t> classes;
  for (ItemId item = 0; item < file.data.size(); ++item) classes.push_back(file.data.class_of(item));
  return classes;
}

std::vector<float> row_of(const RowFile& file, ItemId item) {
  std::vector<float> values(file.data.info().shape.size());
  file.data.read(item, values);
  return values;
}

using Names = std::vector<std::string>;

TEST_CASE("the label is the column called so, or the words, or first, or last, and 1 is normal") {
  const Files files;
  CHECK(classes_of(files.read("1,5.5,6\n2,7,8\n1,9,10\n")) == std::vector<std::size_t>{0, 1, 0});
  CHECK(classes_of(files.read("5.5,6,1\n7,8,3\n9,10,1\n")) == std::vector<std::size_t>{0, 1, 0});
  CHECK(classes_of(files.read("age,Label,weight\n5,2,6\n7,1,8\n")) == std::vector<std::size_t>{1, 0});
  CHECK(classes_of(files.read("age,state,weight\n5,ill,6\n7,Normal,8\n")) == std::vector<std::size_t>{1, 0});
  CHECK(classes_of(files.read("net,a,state\ntcp,5,attack\nudp,7,normal\n")) == std::vector<std::size_t>{1, 0});
  CHECK(classes_of(files.read("1.0e+00 5\n-1.0 7\n")) == std::vector<std::size_t>{0, 1});
}

TEST_CASE("labels of 0 and 1 are told apart by the name of their column, or by what is frequent, which is said") {
  const Files files;
  CHECK(classes_of(files.read("a,anomaly\n5,1\n7,0\n8,1\n")) == std::vector<std::size_t>{1, 0, 1});
  const RowFile frequent = files.read("a,Class\n5,0\n7,0\n8,1\n");
  CHECK(classes_of(frequent) == std::vector<std::size_t>{0, 0, 1});
  CHECK(frequent.notes == Names{"The labels do not say what is normal; the most frequent, 0, is taken for it."});
}

TEST_CASE("rows to judge by are read as the training rows were, whatever is frequent among them") {
  const Files files;
  const RowFile train = files.read("a,b,Class\n1,2,0\n3,4,0\n5,6,1\n");
  const RowFile test = files.read("Class,b,a\n1,20,10\n1,40,30\n0,60,50\n2,1,1\n", {.like = &train.form});
  CHECK(classes_of(test) == std::vector<std::size_t>{1, 1, 0, 2});
  CHECK(row_of(test, 0) == std::vector<float>{10, 20});
  CHECK(test.data.info().classes == Names{"Normal", "Kind 1", "Kind 2"});
  CHECK(files.refusal("a,Class\n1,0\n", {.like = &train.form}).find("lacks a column") != std::string::npos);
  CHECK(files.refusal("1,2\n3,4\n", {.like = &train.form}).find("3 columns") != std::string::npos);
}

TEST_CASE("without a label every row counts as normal, and it is said") {
  const RowFile file = Files().read("age,weight\n5.5,6\n7,8.5\n");
  CHECK(classes_of(file) == std::vector<std::size_t>{0, 0});
  CHECK(file.notes == Names{"No column is called label, so every row counts as normal."});
}

TEST_CASE("names say whether columns are fields, steps of one series, or of several") {
  const Files files;
  const auto layout = [&](const std::string& header, const std::string& line) {
    return files.read(header + "\n" + line + "\n" + line + "\n").form.layout;
  };
  CHECK(layout("label,age,weight", "1,2,3").fields == Names{"age", "weight"});
  const RowLayout steps = layout("label,t000,t001,t002", "1,2,3,4");
  CHECK(steps.fields.empty());
  CHECK(steps.series.empty());
  const RowFile two = files.read("label,x_1,y_1,x_2,y_2\n1,10,100,20,200\n1,11,101,21,201\n");
  CHECK(two.form.layout.series == Names{"x", "y"});
  CHECK(row_of(two, 0) == std::vector<float>{10, 20, 100, 200});
  CHECK(layout("label,x1,x2,y1", "1,2,3,4").fields.size() == 3);  // of no one length
}

TEST_CASE("columns of words are left out where they have names, and said to be") {
  const RowFile file = Files().read("time,protocol,bytes,label\nmonday,tcp,5,1\nfriday,udp,6,2\n");
  CHECK(file.form.layout.fields == Names{"bytes"});
  CHECK(file.notes == Names{"Left out, because they hold words: time, protocol."});
}

TEST_CASE("holes, words, rows of unequal length and endless labels are refused with their line and column") {
  const Files files;
  std::string text = "label,a,b\n";
  for (int i = 0; i < 200; ++i) text += "1,2,3\n";
  CHECK(files.refusal(text + "1,,3\n").find("line 202, column 2 is empty") != std::string::npos);
  CHECK(files.refusal(text + ",2,3\n").find("line 202, column 1 is empty") != std::string::npos);
  CHECK(files.refusal(text + "1,2,x\n").find("line 202, column 3 is no number") != std::string::npos);
  CHECK(files.refusal(text + "1,2,nan\n").find("line 202, column 3 is no number") != std::string::npos);
  CHECK(files.refusal(text + "1,2\n").find("line 202, column 3 is where the row does not fit") != std::string::npos);
  CHECK(files.refusal(text + "1,2,3,4\n").find("line 202") != std::string::npos);
  CHECK(files.refusal("").find("is empty") != std::string::npos);
  CHECK(files.refusal("label,a\n").find("no row") != std::string::npos);
  CHECK(files.refusal(std::string("1,\0,2\n", 6)).find("zero byte at 2") != std::string::npos);
  CHECK(files.refusal("1\n2\n").find("no column of numbers") != std::string::npos);
  for (int i = 0; i < 300; ++i) text += std::to_string(i) + ",2,3\n";
  CHECK(files.refusal(text).find("one label too many") != std::string::npos);
}

TEST_CASE("of more rows than are kept each has the same chance, and the seed says which") {
  const Files files;
  const int rows = testing::count(20'000, 1'000'000);
  std::string text = "label,a,b\n";
  for (int i = 0; i < rows; ++i) text += std::to_string(1 + i % 2) + "," + std::to_string(i) + ",0.25\n";
  const auto sample = [&](std::uint64_t seed) { return files.read(text, {.most_rows = 2000, .seed = seed}); };
  const RowFile file = sample(1);
  CHECK(file.rows == static_cast<std::size_t>(rows));
  CHECK(file.data.size() == 2000);
  CHECK(file.notes.front() == "Of " + std::to_string(rows) + " rows of rows.csv, 2000 drawn by the seed are used.");
  double place = 0;
  for (ItemId item = 0; item < file.data.size(); ++item) {
    const std::vector<float> row = row_of(file, item);
    CHECK(row[1] == 0.25f);
    CHECK(file.data.class_of(item) == (static_cast<int>(row[0]) % 2 == 0 ? 0 : 1));
    place += static_cast<double>(row[0]) / rows / 2000;
  }
  CHECK(std::fabs(place - 0.5) < 0.03);  // four deviations of a mean of 2,000 numbers from 0 to 1
  CHECK(row_of(sample(1), 7) == row_of(file, 7));
  CHECK(row_of(sample(2), 7) != row_of(file, 7));
}

TEST_CASE("a file of many blocks is the same as in one: lines, quoted fields, and where it is wrong") {
  const Files files;
  std::string text = "label,a,\"a \"\"b\"\"\nc\"\n";
  const std::string wide(1000, '0');
  for (int i = 0; i < 12'000; ++i) text += "1,\"" + std::to_string(i) + "\"," + wide + "1\n";  // 12 MB
  const RowFile file = files.read(text);
  CHECK(file.data.size() == 12'000);
  CHECK(file.form.layout.fields == Names{"a", "a \"b\"\nc"});
  for (const ItemId item : {0u, 4'200u, 11'999u}) {
    CHECK(row_of(file, item) == std::vector<float>{static_cast<float>(item), 1});
  }
  CHECK(files.refusal(text + "1,2,three\n").find("line 12003, column 3") != std::string::npos);
  CHECK(files.refusal("1," + std::string(std::size_t{5} << 20, '1')).find("a line that does not end") !=
        std::string::npos);
}

TEST_CASE("windows of a series leave out columns of words and name the others") {
  const Windows cut = windows(parse_csv("time,x,y,anomaly\na,1,5,0\nb,2,6,0\nc,3,7,1\nd,4,8,0\n", "f"), {2, 1}, "f");
  CHECK(cut.series == Names{"x", "y"});
  CHECK(cut.notes == Names{"The column time holds words and is left out."});
  CHECK(cut.data.class_of(0) == 0);
  CHECK(cut.data.class_of(1) == 1);
  std::vector<float> values(4);
  cut.data.read(2, values);
  CHECK(values == std::vector<float>{3, 4, 7, 8});
}

}  // namespace
}  // namespace vitrine::datasets
