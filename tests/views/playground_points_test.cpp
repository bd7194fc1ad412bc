// Points of one's own: tables, strokes, curves and formulas, and what is said about those that cannot be.
#include <algorithm>
#include <cmath>

#include "tests/views/playground_bench.h"
#include "views/playground/formula.h"
#include "views/playground/read_text.h"

namespace vitrine::views::playground {
namespace {

void own(Bench& bench, std::string table) {
  bench.set("data.set", "own");
  bench.tell(Set{"data.table", std::move(table)});
}
std::string said(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}
bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

TEST_CASE("a table names classes by words, whatever its columns are called") {
  Bench bench;
  own(bench, "kind;height;width\ncat;1,5;2\ndog;-1;0,25\ncat;3;1\nbird;0;-2\nbird;1;1\n");
  const Points& points = bench.session().points();
  CHECK(points.classes == 3);
  CHECK(points.all.size() == 5);
  CHECK(points.names == std::vector<std::string>{"bird", "cat", "dog"});
  CHECK(std::ranges::any_of(points.all, [](const auto& p) { return p.x == 1.5 && p.y == 2 && p.label == 1; }));
  bench.tell(Step{3});
  CHECK(bench.look()->shape.outputs == 3);
}

TEST_CASE("points are where the columns x and y say, in whatever company") {
  for (const char* table : {"x,y,label\n1,-2,1\n3,4,-1\n", "id,label,Y,X\n7,1,-2,1\n8,-1,4,3\n",
                            ",x,y,group\n0,1,-2,1\n1,3,4,-1\n", "x,y,team\n1,-2,away\n3,4,home\n"}) {
    Bench bench;
    own(bench, table);
    const Points& points = bench.session().points();
    CHECK(points.classes == 2);
    for (const auto& p : points.all) {
      const bool first = p.x == 1 && p.y == -2 && p.label == 1, second = p.x == 3 && p.y == 4 && p.label == -1;
      CHECK_MESSAGE((first || second), std::string(table));
    }
  }
}

TEST_CASE("columns are mapped by name or number, and what leaves the plane is scaled onto it") {
  Bench bench;
  own(bench, "id,age,income,bought\n1,20,1000,0\n2,40,3000,1\n3,60,2000,1\n4,30,1500,0\n");
  bench.tell(Set{"data.column_x1", std::string("age")});
  bench.tell(Set{"data.column_x2", std::string("3")});
  const Points& points = bench.session().points();
  CHECK(points.classes == 2);
  CHECK(std::ranges::any_of(points.all, [](const auto& p) { return p.x == -5 && p.y == -5 && p.label == 1; }));
  CHECK(std::ranges::any_of(points.all, [](const auto& p) { return p.x == 5 && p.y == 0 && p.label == -1; }));
  bench.tell(Set{"data.column_label", std::string("income")});
  CHECK(bench.session().points().classes == 4);  // whole numbers, and few
  bench.tell(Set{"data.column_x2", std::string("no such")});
  CHECK(holds(bench.look()->trouble.at(0), "no such column"));
  bench.tell(Step{2});
}

TEST_CASE("a table that cannot be read is refused with line, column and reason") {
  Bench bench;
  own(bench, "1,2,a\n3,4,b\n");
  const Hash before = work::state_hash(bench.session());
  const auto refused = [&](const std::string& table, std::string_view part) {
    const std::string words = said([&] { bench.tell(Set{"data.table", table}); });
    CHECK_MESSAGE(holds(words, part), words);
    CHECK(work::state_hash(bench.session()) == before);
  };
  refused("x1,x2,label\n1,2,1\n1,,1\n", "line 3");
  refused("x1,x2,label\n1,2,1\n1,2\n", "line 3");
  refused("x1,x2\n1,2\n3,4\n", "too few columns");
  refused("x1,x2,label\n1,2,1\n", "too few points");
  refused("x1,x2,label\n1,2,1\ninf,2,1\n1,2,1\n", "line 3, column 1 (x1) is no finite number");
  refused("x1,x2,label\n1,nan,1\n1,2,1\n", "line 2, column 2 (x2) is no finite number");
  refused("x1,x2,label\n1e308,2,1\n1,2,1\n", "line 2, column 1 (x1) is too large a number");
  refused("x1,x2,label\n1,-1e400,1\n1,2,1\n", "line 2, column 2 (x2) is too large a number");
  refused("x1,x2,label\n1,2,1\n3,4,inf\n1,2,1\n", "line 3, column 3 (label) is no finite number");
  refused("x1,x2,label\n1,2,1\n3,oops,1\n", "line 3, column 2 (x2) is no number");
  refused("width,height,kind\n1,2,a\n3,4,b\n5,?,b\n", "line 4, column 2 (height) is no number");
  refused("x1,x2,label\n,2,1\n,3,-1\n", "empty");
  refused(std::string("1,2,3\n4,5,6\0", 13), "no text");
  std::string many;
  for (int i = 0; i <= 200'000; ++i) many += i % 2 == 0 ? "1,2,1\n" : "3,4,2\n";
  refused(many, "at most 200000");
}

TEST_CASE("more points than a table holds are generated, but not painted on") {
  Bench bench;
  bench.set("data.count", "200002");
  CHECK(bench.session().points().all.size() == 200'002);
  const auto refused = [&](const work::Command& command) {
    CHECK(holds(said([&] { bench.tell(command); }), "more points than a table holds"));
    CHECK(bench.session().points().all.size() == 200'002);
  };
  refused(Set{"data.set", std::string("own")});
  refused(Set{"data.stroke", std::string("add 1 1 1")});
}

TEST_CASE("points of one class are trained on, and that is said") {
  Bench bench;
  own(bench, "1,2,1\n3,4,1\n-1,2,1\n");
  CHECK(holds(bench.look()->trouble.at(0), "one class"));
  bench.tell(Step{5});
  CHECK(bench.look()->score.share == 1);
}

TEST_CASE("many kinds of numbers are values to predict") {
  Bench bench;
  std::string table = "x1,x2,value\n";
  for (int i = 0; i < 60; ++i)
    table += to_text(i * 0.1 - 3) + "," + to_text(i % 7 * 0.5) + "," + to_text(i * 12.5) + "\n";
  own(bench, table);
  CHECK(bench.session().points().are_values());
  bench.tell(Step{100});
  CHECK(bench.look()->score.explained > 0.5);
}

TEST_CASE("a brush adds, moves and takes away, and one undo takes back one touch") {
  Bench bench;
  const Hash start = work::state_hash(bench.session());
  bench.tell(Set{"data.stroke", std::string("add 5.5 5.5 2")});
  CHECK(bench.session().points().all.size() == 501);
  CHECK(static_cast<const Settings*>(bench.session().settings())->set == "own");
  bench.tell(Set{"data.stroke", std::string("add 5.5 -5.5 3")});
  CHECK(bench.session().points().classes == 3);
  bench.tell(Set{"data.stroke", std::string("move 5.5 5.4 0.125 0")});
  const auto& points = bench.session().points().all;
  CHECK(std::ranges::any_of(points, [](const auto& p) { return p.x == 0.125 && p.y == 0; }));
  bench.tell(Set{"data.stroke", std::string("erase 0 0 20")});  // the last two always stay
  CHECK(bench.session().points().all.size() == 502);
  bench.tell(Set{"data.stroke", std::string("erase 5.5 -5.5 0.5")});
  CHECK(bench.session().points().all.size() == 501);
  for (const char* text : {"add 1 2", "paint 1 2 3", "add 1 2 99", "erase a b c", "move 1 2 3"}) {
    CHECK(holds(said([&] { bench.tell(Set{"data.stroke", std::string(text)}); }), "no stroke"));
  }
  bench.tell(work::command::Undo{100});
  CHECK(work::state_hash(bench.session()) == start);
}

TEST_CASE("a hundred thousand points are imported, trained on and shown") {
  std::string table = "x1,x2,label\n";
  for (std::int64_t i = 0; i < 100000; ++i) {
    const std::int64_t x = i * 7919 % 12001 - 6000, y = i * 104729 % 12001 - 6000;
    table += to_text(static_cast<double>(x) / 1000) + "," + to_text(static_cast<double>(y) / 1000) +
             (x * y > 0 ? ",1\n" : ",-1\n");
  }
  const auto link = read_text(table, TextFrom::anywhere);
  REQUIRE(link.has_value());
  Bench bench;
  bench.runner.open(*link);
  CHECK(bench.session().points().all.size() == 100000);
  bench.tell(Step{1});
  CHECK(bench.look()->score.share > 0.8);
}

TEST_CASE("what is pasted is an address, a table, or nothing to the Playground") {
  CHECK(read_text("#dataset=xor&seed=0.5", TextFrom::anywhere)->settings.at(0).first == "data.address");
  CHECK(read_text("x,y,c\n1,2,a\n3,4,b\n", TextFrom::anywhere)->settings.at(0).first == "data.set");
  CHECK(read_text("x,y,c\n1,2,a\n3,4,b\n", TextFrom::table_file)->settings.at(0).first == "data.set");
  CHECK_FALSE(read_text("hello", TextFrom::anywhere).has_value());
  CHECK_FALSE(read_text("a line\nand another\n", TextFrom::anywhere).has_value());
}

TEST_CASE("a file that is called a table is told what it lacks") {
  const auto told = [](std::string_view text, std::string_view part) {
    const std::string words = said([&] { read_text(text, TextFrom::table_file); });
    CHECK_MESSAGE(holds(words, part), words);
  };
  told("", "is empty");
  told("hello world", "has no row");
  told("x1,x2,label", "has no row");
  told("1,2,1\n", "too few points");
  told("1,\"2,1\n", "line 1, column 2 opens a quote that never closes");
  told("{\"a\": 1}\n{\"a\": 2}\n", "the table");
  told("\xff\xfe", "no text");
}

TEST_CASE("however few points are asked for, every set has some to learn from and some to be judged by") {
  for (const PointSet& set : point_sets()) {
    CAPTURE(set.id);
    Bench bench;
    bench.set("data.set", set.id);
    for (const char* count : {"1", "21"}) bench.set("data.count", count);
    bench.set("data.balance", "1");
    for (const char* share : {"1", "99"}) {
      bench.set("data.share", share);
      const Points& points = bench.session().points();
      CHECK(points.train >= 1);
      CHECK(points.train < points.all.size());
      bench.tell(Step{2});
    }
  }
}

TEST_CASE("a formula says what arithmetic says") {
  const auto value = [](std::string_view text, double x1 = 2, double x2 = -3) { return Formula(text)(x1, x2); };
  CHECK(value("x1 + x2 * 2") == -4);
  CHECK(value("-x1^2") == -4);
  CHECK(value("2^3^2") == 512);
  CHECK(value("3 x1 (x2 + 1)") == -12);
  CHECK(value("8 / 2 / 2") == 2);
  CHECK(value("abs(y) - 1e-1 * 10") == doctest::Approx(2));
  CHECK(value("x1 > x2") == 1);
  CHECK(value("sqrt(9) < 2") == 0);
  CHECK(value("sin(pi / 2)") == doctest::Approx(1));
  CHECK(value("tanh(-400)") == -1);
  CHECK(value("exp(log(5))") == doctest::Approx(5).epsilon(1e-5));
  CHECK(value("x1^-2") == 0.25);
  CHECK(value("x2^3") == -27);
}

TEST_CASE("a formula that cannot be is told in place, and training goes on") {
  for (const auto& [text, part] : {std::pair{"", "is empty"},
                                   {"1/0", "infinite"},
                                   {"1e308", "at x1"},
                                   {"1e999", "cannot be read"},
                                   {"log(x1)", "no number"},
                                   {"x1 +", "breaks off"},
                                   {"sin x1", "bracket"},
                                   {"(x1", "bracket"},
                                   {"x3", "word without meaning"},
                                   {"system(1)", "word without meaning"},
                                   {"x1 x2 $", "goes on"},
                                   {"1 2", "goes on"}}) {
    const std::string words = complaint_about(text, 6);
    CHECK_MESSAGE(holds(words, part), words);
    Bench bench;
    bench.tell(Insert{"features.own", 0, work::Record{{"formula", std::string(text)}}});
    CHECK(!bench.look()->trouble.empty());
    bench.tell(Step{2});
    CHECK(std::isfinite(bench.losses()[0]));
  }
  CHECK(complaint_about(std::string(100, '('), 6).find("brackets inside") != std::string::npos);
  CHECK(complaint_about(std::string(199, '-') + "1", 6).find("inside each other") != std::string::npos);
  CHECK(complaint_about(std::string(300, '1'), 6).find("too long") != std::string::npos);
  CHECK(complaint_about("cos(x1) + x2", 6).empty());
}

TEST_CASE("a formula is a feature like any other") {
  Bench bench;
  bench.set("data.set", "circle");
  bench.set("network.layers", "[]");
  bench.set("features.x1", "false");
  bench.set("features.x2", "false");
  bench.tell(Insert{"features.own", 0, work::Record{{"formula", std::string("sqrt(x1^2 + x2^2) - 3")}}});
  CHECK(bench.look()->inputs == std::vector{7});
  bench.tell(Step{200});
  CHECK(bench.look()->score.share > 0.95);
}

TEST_CASE("points lie above or below a curve of one's own") {
  Bench bench;
  bench.set("data.set", "curve-own");
  bench.tell(Set{"data.curve", std::string("x^2 / 4 - 3")});
  for (const auto& p : bench.session().points().all) CHECK((p.y > p.x * p.x / 4 - 3) == (p.label > 0));
  bench.tell(Set{"data.curve", std::string("1/0")});
  CHECK(holds(bench.look()->trouble.at(0), "infinite"));
  bench.tell(Step{1});
}

}  // namespace
}  // namespace vitrine::views::playground
