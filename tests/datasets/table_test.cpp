// CSV and UCR text: what is found out from the text, and what is told about its faults.
#include <doctest/doctest.h>

#include "datasets/files/columns.h"
#include "datasets/files/csv.h"
#include "engine/core/error.h"
#include "tests/datasets/baselines.h"

namespace vitrine::datasets {
namespace {

std::string complaint_of(std::string_view text) {
  try {
    parse_csv(text, "f.csv");
  } catch (const FileError& error) {
    return error.what();
  }
  return "";
}

TEST_CASE("delimiter, header and types are found out") {
  for (const char delimiter : {',', ';', '\t', '|', ' '}) {
    std::string text = "height?weight?kind\n1.5?70?cat\n-2e1?71?dog\n3?+72?cat\n";
    for (char& c : text) c = c == '?' ? delimiter : c;
    CAPTURE(text);
    const Table table = parse_csv(text, "f.csv");
    CHECK(table.form.delimiter == delimiter);
    CHECK(table.form.header == true);
    CHECK(table.rows == 3);
    REQUIRE(table.columns.size() == 3);
    CHECK(table.columns[0].name == "height");
    CHECK(table.columns[0].numbers == std::vector<float>{1.5f, -20, 3});
    CHECK(table.columns[1].numbers == std::vector<float>{70, 71, 72});
    CHECK(table.columns[2].words == std::vector<std::string>{"cat", "dog"});
    CHECK(table.columns[2].numbers == std::vector<float>{0, 1, 0});
  }
}

TEST_CASE("rows of numbers have no header, and decimal commas are read where commas part no fields") {
  const Table table = parse_csv("1,5;2\n3;4,25\n", "f.csv");
  CHECK(table.form.header == false);
  CHECK(table.columns[0].numbers == std::vector<float>{1.5f, 3});
  CHECK(table.columns[1].numbers == std::vector<float>{2, 4.25f});
}

TEST_CASE("quotes keep delimiters, ends of lines and doubled quotes") {
  const Table table = parse_csv("\xEF\xBB\xBF\"a,b\",c\r\n\"x\ny\",1\r\n\"say \"\"hi\"\"\",2\r\n", "f.csv");
  CHECK(table.columns[0].name == "a,b");
  CHECK(table.columns[0].words == std::vector<std::string>{"x\ny", "say \"hi\""});
  CHECK(table.columns[1].numbers == std::vector<float>{1, 2});
}

TEST_CASE("remarks above the names are left out, names behind a mark are names") {
  for (const char* text :
       {"# made by hand\nx,y\n1,2\n", "# made, or so it is said, by hand\n#\n# x,y\n1,2\n",
        "# by hand\r\n# x,y\r\n1,2\r\n", "#x,y\n1,2\n", "# by hand\rx,y\r1,2", "# one two three\n# x y\n1 2\n"}) {
    CAPTURE(text);
    const Table table = parse_csv(text, "f.csv");
    CHECK(table.rows == 1);
    REQUIRE(table.columns.size() == 2);
    CHECK(table.columns[0].name == "x");
    CHECK(table.columns[1].name == "y");
    CHECK(table.columns[1].numbers == std::vector<float>{2});
  }
  CHECK(parse_csv("# by hand\n1,2\n3,4\n", "f.csv").rows == 2);
  CHECK(complaint_of("# by hand\n\n# x,y\n1,2\n3\n").find("line 5, column 2") != std::string::npos);
  CHECK(complaint_of("# only\n# remarks\n").find("is empty") != std::string::npos);
  CHECK(complaint_of("a,b\n1,2\n# behind\n").find("line 3") != std::string::npos);
}

TEST_CASE("a fault is told with its line and its column") {
  CHECK(complaint_of("a,b\n1,2\n3\n").find("line 3, column 2") != std::string::npos);
  CHECK(complaint_of("a,b\n1,2\n3,4,5\n").find("line 3, column 3") != std::string::npos);
  CHECK(complaint_of("a,b\n1,2\n3,\n").find("line 3, column 2 is empty") != std::string::npos);
  std::string many = "a,b\n";
  for (int i = 0; i < 30; ++i) many += "1,2\n";
  CHECK(complaint_of(many + "1,x\n").find("line 32, column 2 is no number") != std::string::npos);
  CHECK(complaint_of("a,b\n\"open,2\n").find("never closes") != std::string::npos);
  CHECK(complaint_of("a,b\n\"x\"y,2\n").find("behind its closing quote") != std::string::npos);
  CHECK(complaint_of("").find("is empty") != std::string::npos);
  CHECK(complaint_of("name,kind\n").find("no row") != std::string::npos);
  CHECK(complaint_of(std::string("a,b\n1,\0\n", 8)).find("zero byte") != std::string::npos);
}

TEST_CASE("numbers that no float holds are no numbers") {
  const Table table = parse_csv("a,b\n1,nan\n2,1e99\n", "f.csv");
  CHECK(table.columns[1].words == std::vector<std::string>{"nan", "1e99"});
}

TEST_CASE("the label is the column that is called so, or the words, or the last") {
  const auto classes = [](std::string_view text, CsvChoice choice = {}) {
    return table_dataset(parse_csv(text, "f.csv"), choice, "f.csv").info().classes;
  };
  CHECK(classes("class,a\n7,1\n9,2\n") == std::vector<std::string>{"7", "9"});
  CHECK(classes("a,kind\n1,x\n2,y\n") == std::vector<std::string>{"x", "y"});
  CHECK(classes("a,b\n1,5\n2,6\n") == std::vector<std::string>{"5", "6"});
  CHECK(classes("a,b\n1,5\n2,6\n", {.label = "a"}) == std::vector<std::string>{"1", "2"});
  CHECK(classes("a,b\n1,5.5\n2,6\n").empty());
  CHECK_THROWS_AS(classes("a,b\n1,5\n", {.label = "c"}), FileError);
}

TEST_CASE("columns mean what they are called, in any case, and else what they hold") {
  struct Meaning {
    std::string_view text;
    std::size_t label;
    std::vector<std::size_t> places;
  };
  for (const Meaning& each : {
           Meaning{"x,y,label\n1,2,0\n3,4,1\n", 2, {0, 1}},
           {"X,Y,Class\n1,2,a\n3,4,b\n", 2, {0, 1}},
           {"x,y,colour\n1,2,red\n3,4,blue\n", 2, {0, 1}},
           {"x,y,z\n1,2,0\n3,4,1\n", 2, {0, 1}},
           {"z,x,y\n0,1,2\n1,3,4\n", 0, {1, 2}},
           {"x1,x2,y\n1,2,0\n3,4,1\n", 2, {0, 1}},
           {"y,x1,x2\n0,1,2\n1,3,4\n", 0, {1, 2}},
           {"group,height,width\n1,1,2\n2,3,4\n", 0, {1, 2}},
           {"id,x,y,label\n1,1,2,0\n2,3,4,1\n", 3, {1, 2, 0}},
           {",x,y,label\n0,1,2,0\n1,3,4,1\n", 3, {1, 2, 0}},
           {"index,a,b,kind\n0,1,2,0\n1,3,4,1\n", 3, {1, 2, 0}},
           {"a,y,b,x,c\n1,2,3,4,5\n1,2,3,4,6\n", 4, {3, 1, 0, 2}},
           {"x0,x1,y\n1,2,0\n3,4,1\n", 2, {0, 1}},
           {"# x,y,label\n1,2,0\n3,4,1\n", 2, {0, 1}},
           {"1,2,a\n3,4,b\n", 2, {0, 1}},
           {"1,2,5\n3,4,6\n", 2, {0, 1}},
           {"city,sex,x,y\nRome,f,1,2\nOslo,m,3,4\n", 1, {2, 3}},
           {"x,y\n1,2\n3,4\n", 1, {0}},
       }) {
    const Table table = parse_csv(each.text, "f.csv");
    CHECK_MESSAGE(usual_label(table) == each.label, std::string(each.text));
    CHECK_MESSAGE(usual_places(table, each.label) == each.places, std::string(each.text));
  }
}

TEST_CASE("UCR text has its label first and any blanks between") {
  const Dataset data = parse_series("  1   1.0e+00  2.5  -3\n -1 4 5 6\n", "x_TRAIN.txt");
  CHECK(data.size() == 2);
  CHECK(data.info().kind == ItemKind::series);
  CHECK(data.info().shape == ItemShape{1, 3, 1});
  CHECK(data.info().classes == std::vector<std::string>{"-1", "1"});
  CHECK(data.class_of(0) == 1);
  std::vector<float> values(3);
  data.read(1, values);
  CHECK(values == std::vector<float>{4, 5, 6});
}

}  // namespace
}  // namespace vitrine::datasets
