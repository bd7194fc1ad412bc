// Every plot offers its numbers and its picture: held out while it is used, by pointer and by keyboard.
#include <doctest/doctest.h>

#include <functional>

#include "app/ui/bars.h"
#include "app/ui/gauge.h"
#include "app/ui/headless.h"
#include "app/ui/heat_map.h"
#include "app/ui/history_bar.h"
#include "app/ui/image_grid.h"
#include "app/ui/network.h"
#include "app/ui/table.h"
#include "tests/ui/fonts_at.h"

using namespace vitrine::ui;

namespace {
constexpr Rect kWhole{20, 20, 440, 300};

struct Offering {
  Headless headless{480, 380, Theme(Look::dark, 1), fonts_at(1)};
  std::function<void(Ui&)> draw;

  explicit Offering(std::function<void(Ui&)> widget) : draw(std::move(widget)) { settle(); }
  void settle() {
    headless.settle(draw);
    CHECK(headless.audit().faults() == std::vector<std::string>());
  }
  const Audit::Item* find(const std::string& name) {
    for (const Audit::Item& item : headless.audit().items())
      if (item.name == name) return &item;
    return nullptr;
  }
  void click(Point p) {
    headless.click(p.x, p.y);
    settle();
  }
  // Points into the widget, opens its menu and takes a way.
  void take(Point inside, const std::string& way) {
    CHECK(find("save") == nullptr);
    headless.push(input::move(inside.x, inside.y));
    settle();
    for (const std::string& next : {std::string("save"), way}) {
      const Audit::Item* item = find(next);
      REQUIRE_MESSAGE(item != nullptr, next);
      click(item->rect.centre());
    }
  }
  std::string copied(Point inside) {
    take(inside, "Copy as CSV");
    return ImGui::GetClipboardText();
  }
  std::string saved(Point inside) {
    take(inside, "Save as SVG");
    REQUIRE(headless.ui().outbox.size() == 1);
    return headless.ui().outbox.front().name + "\n" + headless.ui().outbox.front().bytes;
  }
};

bool has(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

Rect heading(Ui& ui, Rect& body) {
  return plot_heading(ui, body.take_top(plot_heading_height(ui)), "Heading");
}
}  // namespace

TEST_CASE("bars are copied and saved") {
  const auto draw = [state = BarsState()](Ui& ui) mutable {
    const Bar all[] = {{"one, two", 0.5}, {"three", -1}};
    bars(ui, "bars", kWhole, {.heading = "Bars", .bars = all}, state);
  };
  CHECK(Offering(draw).copied({200, 70}) == "name,value\n\"one, two\",0.5\nthree,-1\n");
  const std::string svg = Offering(draw).saved({200, 70});
  CHECK((svg.starts_with("bars.svg\n<") && has(svg, ">Bars</text>") && has(svg, ">one, two</text>")));
}

TEST_CASE("a heat map is copied by the middles of its cells and saved with its labels and what lies over it") {
  const auto draw = [state = HeatMapState()](Ui& ui) mutable {
    const float values[] = {1, 2, 3, 4};
    Rect body = kWhole;
    const Rect free = heading(ui, body);
    const auto over = [](Ui& page, const Plane& plane) {
      text(page, {plane.area.x, plane.area.y, page.theme.u(30), page.theme.u(6)}, "over it", {.type = Type::small});
    };
    heat_map(ui, "field", body,
             {.width = 2,
              .height = 2,
              .values = values,
              .x = {.low = 0, .high = 2},
              .y = {.low = 0, .high = 4},
              .labels = false,
              .over = over,
              .value_name = {},
              .heading_line = free},
             state);
  };
  CHECK(Offering(draw).copied({200, 200}) == "x,y,value\n0.5,3,1\n1.5,3,2\n0.5,1,3\n1.5,1,4\n");
  const std::string svg = Offering(draw).saved({200, 200});
  CHECK(has(svg, ">over it</text>"));
  CHECK_MESSAGE(has(svg, ">4</text>"), svg.substr(0, 3000));
  CHECK(has(svg, "<image"));
}

TEST_CASE("a gauge is copied with its ends and its mark, and saved as it stands") {
  const auto draw = [](Ui& ui) {
    Rect body = kWhole;
    const Rect free = heading(ui, body);
    gauge(ui, "gauge", body.take_top(160),
          {.caption = "correct", .value = 0.5, .text = "50", .unit = "%", .mark = 0.25, .heading_line = free});
  };
  CHECK(Offering(draw).copied({200, 100}) == "name,value,low,high,mark\ncorrect,0.5,0,1,0.25\n");
  CHECK(has(Offering(draw).saved({200, 100}), ">correct</text>"));
}

TEST_CASE("a table that shows some of its rows copies all of them") {
  const auto draw = [state = TableState()](Ui& ui) mutable {
    static const std::vector<TableColumn> kColumns = {{.title = "name", .number = false}, {.title = "size"}};
    static const TableCell kCells[] = {{"a"}, {"1"}, {"b"}, {"2"}, {"c"}, {"3"}};
    Rect body = kWhole;
    const Rect free = heading(ui, body);
    table(ui, "table", body,
          {.columns = kColumns, .cells = kCells, .can_choose = true, .heading_line = free, .first = 1, .most = 1},
          state);
  };
  Offering offering(draw);
  std::string shown;
  for (const Audit::Run& run : offering.headless.audit().runs()) shown += run.text + " ";
  CHECK((has(shown, "b 2") && !has(shown, "a 1") && !has(shown, "c 3")));
  CHECK(offering.copied({200, 80}) == "name,size\na,1\nb,2\nc,3\n");
}

TEST_CASE("a network is copied as links and biases and saved as a diagram") {
  const auto draw = [state = NetworkState()](Ui& ui) mutable {
    Network net;
    net.columns = {{Network::Kind::features, "Features", {{.label = "x₁"}}, {}, {}},
                   {Network::Kind::layer, "1 tanh", {{.bias = 0.5}}, {}, {}},
                   {Network::Kind::output, "", {{}}, {}, {}}};
    net.links = {{0, 0, 0, 1.5f, 0.25f}, {1, 0, 0, -2, 0}};
    network(ui, "network", kWhole, net, state);
  };
  CHECK(Offering(draw).copied({400, 300}) ==
        "from,to,weight,gradient\nx₁,1.1,1.5,0.25\n1.1,output,-2,0\nbias,1.1,0.5,\n");
  CHECK(has(Offering(draw).saved({400, 300}), ">Features</text>"));
}

TEST_CASE("the history is copied and saved from beside its bar") {
  const auto draw = [](Ui& ui) {
    static const std::vector<std::int64_t> steps{0, 10, 20};
    static const std::vector<float> values{1, 0.5f, 0.25f};
    history_bar(ui, "history", {20, 100, 380, 60},
                {.steps = steps, .values = values, .step = 20, .head = 20, .heading_line = {404, 100, 60, 60}});
  };
  CHECK(Offering(draw).copied({200, 130}) == "step,value\n0,1\n10,0.5\n20,0.25\n");
  CHECK(has(Offering(draw).saved({200, 130}), "<polyline"));
}

TEST_CASE("a table is copied as it is sorted and saved as it stands") {
  const auto draw = [state = TableState{.sorted = 1, .downwards = false}](Ui& ui) mutable {
    static const TableColumn columns[] = {{.title = "run", .number = false}, {.title = "loss", .sorts = true}};
    static const TableCell cells[] = {{"first"}, {"0.3"}, {"second"}, {"0.1"}};
    Rect body = kWhole;
    const Rect free = heading(ui, body);
    table(ui, "runs", body, {.columns = columns, .cells = cells, .heading_line = free}, state);
  };
  CHECK(Offering(draw).copied({200, 100}) == "run,loss\nsecond,0.1\nfirst,0.3\n");
  CHECK(has(Offering(draw).saved({200, 100}), ">second</text>"));
}

TEST_CASE("pictures are copied by name and saved as they lie") {
  const auto draw = [state = ImageGridState(), selection = Selection()](Ui& ui) mutable {
    static const Texture texture{"offers.picture", 1, Filter::nearest, Image(2, 2)};
    Rect body = kWhole;
    const Rect free = heading(ui, body);
    image_grid(ui, "pictures", body,
               {.count = 2,
                .picture = [](std::int64_t) { return &texture; },
                .wrong = [](std::int64_t i) { return i == 1; },
                .name = [](std::int64_t i) { return std::string(i == 0 ? "cat" : "dog"); },
                .heading_line = free},
               state, selection);
  };
  CHECK(Offering(draw).copied({400, 300}) == "picture,name,right\n0,cat,yes\n1,dog,no\n");
  CHECK(has(Offering(draw).saved({400, 300}), "<image"));
}

TEST_CASE("what a widget offers is reached by the keyboard alone") {
  Offering offering([state = BarsState()](Ui& ui) mutable {
    const Bar all[] = {{"one", 0.5}};
    bars(ui, "bars", kWhole, {.heading = "Bars", .bars = all}, state);
  });
  offering.headless.press(Key::tab);
  offering.settle();
  REQUIRE(offering.find("save") != nullptr);
  for (int i = 0; i < 4 && !offering.find("save")->focused; ++i) {
    offering.headless.press(Key::tab);
    offering.settle();
    REQUIRE(offering.find("save") != nullptr);
  }
  CHECK(offering.find("save")->focused);
}
