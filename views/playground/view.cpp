// Draws the Playground: features through layers to the field, and below it how training goes.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/ui/button.h"
#include "app/ui/heat_map.h"
#include "app/ui/icons.h"
#include "app/ui/network.h"
#include "datasets/catalog.h"
#include "engine/core/number.h"
#include "views/exhibit.h"
#include "views/pane.h"
#include "views/playground/field.h"
#include "views/playground/instruments.h"

namespace vitrine::views::playground {

using namespace ui;
using work::command::Set;

namespace {

namespace look {
constexpr float kInstruments = 46, kInstrumentsCompact = 38, kMostInstruments = 54;  // units of height
constexpr float kScale = 60;                                    // units, the colour scale with its ends
constexpr float kLeastField = 50;                               // units, below which the instruments fold
constexpr float kMostFieldShare = 0.46f;                        // of the width
constexpr float kThumbnail = 32, kThumbnailDot = 2, kRing = 7;  // px
constexpr int kThumbnailPoints = 90;
}  // namespace look

constexpr std::array<float, 5> kLevels{-0.75f, -0.5f, 0, 0.5f, 0.75f};
constexpr std::size_t kMostRegressionMarks = 300;  // of 1,200: more would hide the field

Axis across() {
  return {.low = -kFieldExtent, .high = kFieldExtent, .title = "x₁", .at = {-6, 0, 6}};
}
Axis up() {
  return {.low = -kFieldExtent, .high = kFieldExtent, .title = "x₂", .at = {-6, 6}};
}

class PlaygroundView final : public View {
 public:
  void draw(Ui& ui, const Rect& pane, const work::Snapshot& snapshot, const Post& post) override {
    const auto& s = static_cast<const Snapshot&>(snapshot);
    const auto& settings = *static_cast<const Settings*>(s.settings.get());
    const Theme& theme = ui.theme;
    tiles_.follow(theme, s);
    Rect left = inside_pane(ui, pane);
    const HeatMap margins_only{.x = across(), .y = up()};
    const Margins margins = heat_map_margins(ui, margins_only);
    const float head = plot_heading_height(ui), line = theme.line(Type::small) + theme.u(1);

    // The field is a square: as large as the width allows once the instruments have their height, or have folded.
    const float instruments = theme.u(theme.compact() ? look::kInstrumentsCompact : look::kInstruments);
    const float widest = left.w * look::kMostFieldShare;
    const float above = head + margins.bottom;
    float field = std::min(widest, left.h - above - instruments - gap_down(ui));
    const bool has_instruments = field >= theme.u(look::kLeastField);
    if (!has_instruments) field = std::min(widest, left.h - above);
    const bool caption = left.h - above - field - (has_instruments ? instruments + gap_down(ui) : 0) >= line;

    Rect top = left.take_top(above + snap(field));
    Rect right = top.take_right(snap(field));
    top.take_right(theme.u(2));
    draw_network(ui, top, margins.bottom, s, settings, post);
    draw_field(ui, right, margins.bottom, s, settings);
    if (caption) draw_caption(ui, {right.x, right.bottom(), right.w, line}, s, settings);
    if (!has_instruments) return;
    left.take_top(caption ? line : 0);
    left.take_top(gap_down(ui) - (caption ? theme.u(3) : 0));
    instruments_.draw(ui, left.take_top(std::min(left.h, theme.u(look::kMostInstruments))), s, post);
  }

  void picture(Ui& ui, const Rect& rect, const work::Snapshot& snapshot) override {
    const auto& s = static_cast<const Snapshot&>(snapshot);
    const Field& field = s.fields->layers.back().front();
    const std::uint64_t version = s.fields->version * kLooks + static_cast<std::uint64_t>(ui.theme.look());
    if (picture_.version != version) {
      picture_ = {"playground.picture", version, Filter::linear, Image(kFieldSize, kFieldSize)};
      colour_values(ui.theme, field, -1, 1, ColourMap::diverging, kFieldRange, picture_.image);
      lines_ = iso_lines(field, kFieldSize, kFieldSize, kLevels);
    }
    const float edge = std::max(rect.w, rect.h);
    const Rect area = rect.centred(edge, edge);
    const Plane plane{across(), up(), area};
    ui.canvas()->PushClipRect(top_left(rect), bottom_right(rect), true);
    ui::picture(ui, picture_, area);
    std::vector<Point> points;
    for (const IsoLine& line : lines_) {
      if (line.level != 0) continue;
      points.clear();
      for (const Point& p : line.points) points.push_back({area.x + p.x * area.w, area.y + p.y * area.h});
      polyline(ui, points, ui.theme.ink_share(0.75f), ui.theme.px(measure::stroke_icon));
    }
    for (std::size_t i = 0; i < s.sample->train; i += 2) draw_point(ui, plane, s.sample->points[i], s.shape.regression);
    ui.canvas()->PopClipRect();
  }

  float above_rows(Ui& ui, const Rect& rect, std::string_view group, const work::Snapshot& snapshot,
                   const Post& post) override {
    if (group != "Data") return 0;
    const auto& settings = *static_cast<const Settings*>(snapshot.settings.get());
    return draw_thumbnails(ui, rect, settings, post);
  }

 private:
  // ---- the diagram -------------------------------------------------------------------------------------------------
  void draw_network(Ui& ui, Rect rect, float below, const Snapshot& s, const Settings& settings, const Post& post) {
    const Rect foot = rect.take_bottom(below);
    Network net = network_of(s, settings);
    net.shows_flow = settings.flow && !ui.reduce_motion;
    const NetworkEvents events = network(ui, "network", rect, net, network_);
    shown_ = events.shown;
    act_on(events, net, s, settings, post);
    const std::vector<float> middle = layout_network(ui, rect, net).middle;
    draw_layer_count(ui, foot, (middle.front() + middle.back()) / 2, settings, post);
  }

  Network network_of(const Snapshot& s, const Settings& settings) const {
    static constexpr std::array<std::string_view, 4> kActivations{"tanh", "relu", "sigmoid", "linear"};
    Network net;
    net.flow = static_cast<double>(s.step);
    Network::Column column{.kind = Network::Kind::features, .head = "Features"};
    for (int f = 0; f < kFeatures; ++f) {
      const Feature& feature = features()[static_cast<std::size_t>(f)];
      column.units.push_back(
          {.label = std::string(feature.label), .tile = &tiles_.feature(f), .active = settings.*feature.on});
    }
    net.columns.push_back(std::move(column));
    for (int layer = 1; layer <= s.shape.layers(); ++layer) {
      const bool output = layer == s.shape.layers();
      Network::Column next{.kind = output ? Network::Kind::output : Network::Kind::layer};
      const int units = s.shape.units(layer);
      const auto& biases = s.biases[static_cast<std::size_t>(layer) - 1];
      for (int unit = 0; unit < units; ++unit) {
        next.units.push_back({.tile = output ? nullptr : &tiles_.unit(layer, unit),
                              .bias = static_cast<double>(biases[static_cast<std::size_t>(unit)])});
      }
      if (!output) {
        next.head = to_text(std::int64_t{units}) + " " +
                    std::string(kActivations[static_cast<std::size_t>(s.shape.activation)]);
        if (units >= 8) next.cannot_add = "A layer has at most eight units.";
        if (units <= 1) next.cannot_remove = "A layer has at least one unit.";
      }
      net.columns.push_back(std::move(next));
      const auto& weights = s.weights[static_cast<std::size_t>(layer) - 1];
      const auto& gradients = s.gradients[static_cast<std::size_t>(layer) - 1];
      for (int from = 0; from < s.shape.units(layer - 1); ++from) {
        if (layer == 1 && s.inputs.empty()) break;
        for (int unit = 0; unit < units; ++unit) {
          const auto i = static_cast<std::size_t>(from * units + unit);
          const int place = layer == 1 ? s.inputs[static_cast<std::size_t>(from)] : from;
          net.links.push_back({layer - 1, place, unit, weights[i], gradients[i]});
        }
      }
    }
    return net;
  }

  void act_on(const NetworkEvents& events, const Network& net, const Snapshot& s, const Settings& settings,
              const Post& post) {
    if (events.toggled.valid()) {
      const Feature& feature = features()[static_cast<std::size_t>(events.toggled.unit)];
      post(Set{std::string(feature.id), !(settings.*feature.on)});
    }
    const auto resize = [&](int column, std::int64_t by) {
      const auto layer = static_cast<std::size_t>(column) - 1;
      if (column < 1 || layer >= settings.layers.size()) return;
      const std::int64_t units = std::clamp<std::int64_t>(settings.layers[layer].units + by, 1, 8);
      post(Set{"network.layers[" + to_text(static_cast<std::int64_t>(layer)) + "].units", units});
    };
    resize(events.add_to, 1);
    resize(events.remove_from, -1);
    if (events.link >= 0 && events.edit != Edit::none) {
      const Network::Link& link = net.links[static_cast<std::size_t>(events.link)];
      const auto found = std::ranges::find(s.inputs, link.from);
      const std::int64_t from = link.column > 0 ? link.from : found - s.inputs.begin();
      post(Set{"network.link",
               to_text(std::int64_t{link.column} + 1) + " " + to_text(from + 1) + " " +
                   to_text(std::int64_t{link.to} + 1) + " " + to_text(events.weight),
               events.edit == Edit::committed});
    }
  }

  void draw_layer_count(Ui& ui, const Rect& foot, float middle, const Settings& settings, const Post& post) {
    const Theme& theme = ui.theme;
    const auto count = static_cast<std::int64_t>(settings.layers.size());
    const std::string words =
        (count == 0 ? std::string("no") : to_text(count)) + (count == 1 ? " hidden layer" : " hidden layers");
    const float button = theme.px(measure::button_height), width = text_width(ui, Type::body, words);
    const float y = std::max(foot.bottom() - theme.line(Type::small) / 2, foot.y + button / 2);
    float x = snap(middle - width / 2 - button);
    const HelpRow row(ui, {x, y - button / 2, width + 2 * button, button});
    if (icon_button(ui, {x + button / 2, y}, "fewer layers", Icon::minus, "Fewer layers", "Takes the last layer away.",
                    count == 0 ? "There is none to take away." : "")) {
      post(work::command::Erase{"network.layers", static_cast<std::size_t>(count) - 1});
    }
    x += button;
    text(ui, {x, y - button / 2, width + 1, button}, words, {.colour = theme->ink2});
    x += width;
    if (icon_button(ui, {x + button / 2, y}, "more layers", Icon::plus, "More layers", "Adds a layer of two units.",
                    count >= 6 ? "Six layers are the most." : "")) {
      post(work::command::Insert{"network.layers", static_cast<std::size_t>(count),
                                 work::Record{{"units", std::int64_t{2}}}});
    }
  }

  // ---- the field ---------------------------------------------------------------------------------------------------
  // What the output shows: its own answers, or those of the unit that is pointed at.
  struct Shown {
    const Field* field;
    float reach;
    std::string heading;
    std::uint64_t version;
  };
  Shown shown_field(const Snapshot& s, bool discretise) const {
    const int layers = s.shape.layers();
    const std::uint64_t half = s.fields->version * 2 + (discretise ? 1 : 0);
    if (shown_.valid() && shown_.column == 0 && shown_.unit < kFeatures) {
      return {&(*s.features)[static_cast<std::size_t>(shown_.unit)], reach_of_feature(shown_.unit),
              std::string(features()[static_cast<std::size_t>(shown_.unit)].label),
              static_cast<std::uint64_t>(shown_.unit) * 2 + (discretise ? 2 : 1)};
    }
    if (shown_.valid() && shown_.column < layers && shown_.unit < s.shape.units(shown_.column)) {
      const auto layer = static_cast<std::size_t>(shown_.column) - 1, unit = static_cast<std::size_t>(shown_.unit);
      return {&s.fields->layers[layer][unit], kReachOfUnit,
              "Layer " + to_text(std::int64_t{shown_.column}) + ", unit " + to_text(std::int64_t{shown_.unit} + 1),
              half * 64 + 32 + layer * 8 + unit + 1};
    }
    return {&s.fields->layers.back().front(), kReachOfUnit, "Output", half * 64};
  }

  void draw_field(Ui& ui, Rect rect, float below, const Snapshot& s, const Settings& settings) {
    const Shown what = shown_field(s, settings.discretise);
    std::vector<LegendKey> keys;
    if (!s.shape.regression) {
      keys = {{.label = "blue", .points = true}, {.label = "orange", .category = 1, .points = true}};
      if (settings.test && !ui.theme.compact()) {
        keys.push_back({.label = "test", .category = 7, .points = true, .colour = ui.theme->ink2});
      }
    }
    plot_heading(ui, rect.take_top(plot_heading_height(ui)), what.heading, keys);
    rect.take_bottom(below);
    const Rect area = snap(rect);
    std::vector<MapMark> marks;
    const auto& points = s.sample->points;
    for (std::size_t i = 0; !s.shape.regression && i < points.size(); ++i) {
      const bool test = i >= s.sample->train;
      if (test && !settings.test) continue;
      marks.push_back({points[i].x, points[i].y, points[i].label < 0 ? 1 : 0, test});
    }
    const std::vector<float> values = shown(*what.field, settings.discretise);
    const float reach = settings.discretise ? 1 : what.reach;
    heat_map(ui, "field", area,
             {.width = kFieldSize,
              .height = kFieldSize,
              .values = values,
              .version = what.version,
              .low = -reach,
              .high = reach,
              .share = kFieldRange,
              .x = across(),
              .y = up(),
              .labels = false,
              .levels = kLevels,
              .marks = marks,
              .value_name = "answer"},
             field_);
    const Plane plane{across(), up(), area};
    draw_labels(ui, plane);
    ui.canvas()->PushClipRect(top_left(area), bottom_right(area), true);
    if (s.shape.regression) {
      const std::size_t stride = std::max<std::size_t>(1, points.size() / kMostRegressionMarks);
      for (std::size_t i = 0; i < points.size(); i += stride) {
        if (i < s.sample->train || settings.test) draw_point(ui, plane, points[i], true);
      }
    }
    for (std::size_t i = s.first_row; s.batch >= 0 && i < s.first_row + s.rows; ++i) {
      ui.canvas()->AddCircle(vec(plane.at(points[i].x, points[i].y)), ui.theme.px(look::kRing), ui.theme->ink, 0,
                             ui.theme.px(measure::stroke_ring));
    }
    ui.canvas()->PopClipRect();
  }

  // The links end where the middle label and the title would stand: the title goes to the top, under the highest label.
  static void draw_labels(Ui& ui, Plane plane) {
    const Theme& theme = ui.theme;
    const std::string title = std::exchange(plane.y.title, "");
    draw_edge_labels(ui, plane);
    const float width = text_width(ui, Type::small, title), height = theme.line(Type::small);
    const float right = plane.area.x - theme.u(2), y = plane.area.y + height + theme.u(1);
    text(ui, {right - width, y, width, height}, title, {.type = Type::small, .colour = theme->ink3});
  }

  static void draw_point(Ui& ui, const Plane& plane, const datasets::PlanePoint& p, bool regression) {
    const Theme& theme = ui.theme;
    const int category = p.label < 0 ? 1 : 0;
    const Colour colour = regression      ? theme.diverging(static_cast<float>(p.label))
                          : category == 0 ? theme->point1
                                          : theme->point2;
    shape(ui, category, plane.at(p.x, p.y), theme.px(measure::point), colour, theme->point_casing,
          theme.px(measure::point_casing));
  }

  void draw_caption(Ui& ui, Rect line, const Snapshot& s, const Settings& settings) {
    static constexpr std::array<std::string_view, 4> kStages{"forward", "loss", "backward", "update"};
    const Theme& theme = ui.theme;
    line.take_top(theme.u(1));
    std::string words = settings.discretise ? "Which class it answers" : "What the network answers", more;
    if (s.batch >= 0) {
      words = "Batch " + to_text(std::int64_t{s.batch} + 1) + " of " + to_text(std::int64_t{s.batches}) + ", before " +
              std::string(kStages[static_cast<std::size_t>(s.stage)]);
      if (s.stage >= 2) more = ": loss " + number_text(static_cast<double>(s.batch_loss));
    }
    // The sentence is whole or shorter, never cut: where both do not fit the scale folds, then what follows the colon.
    if (text_width(ui, Type::small, words + more) <= line.w) words += more;
    const float width = text_width(ui, Type::small, words), scale = theme.u(look::kScale);
    Rect left = line;
    if (shown_.column != 0 && width + scale <= line.w) colour_scale(ui, left.take_right(scale), "−1", "+1", field_);
    if (width <= left.w) text(ui, left, words, {.type = Type::small, .colour = theme->ink2});
  }

  // ---- the data's thumbnails ---------------------------------------------------------------------------------------
  float draw_thumbnails(Ui& ui, const Rect& rect, const Settings& settings, const Post& post) {
    const Theme& theme = ui.theme;
    const auto sets = datasets::plane_sets();
    const auto count = static_cast<int>(sets.size());
    const float least = theme.u(1.5f);
    const float edge = snap(std::min(theme.px(look::kThumbnail),
                                     (rect.w - least * static_cast<float>(count - 1)) / static_cast<float>(count)));
    const float gap = (rect.w - edge * static_cast<float>(count)) / static_cast<float>(count - 1);
    const Rect row{rect.x, rect.y + theme.u(1), rect.w, edge};
    const HelpRow beside(ui, row);
    for (int i = 0; i < count; ++i) {
      const datasets::DataSet& set = sets[static_cast<std::size_t>(i)];
      const Rect box = snap(Rect{row.x + static_cast<float>(i) * (edge + gap), row.y, edge, edge});
      const Help help{std::string(set.label), "",
                      set.task == datasets::Task::classify ? "Two classes to tell apart." : "A value to predict.", ""};
      const Item it = item(ui, std::string("set ") + std::string(set.id), box, {.help = &help});
      if (it.pressed && set.id != settings.set) post(Set{"data.set", std::string(set.id)});
      const float radius = theme.px(6);
      fill(ui, box, theme->pane, radius);
      if (it.hovered) fill(ui, box, theme.overlay(Overlay::quiet), radius);
      draw_dots(ui, box, thumbnail(static_cast<std::size_t>(i)));
      if (set.id == settings.set) chosen_ring(ui, box, radius);
      if (it.focused) focus_ring(ui, box, radius);
    }
    return edge + theme.u(theme.compact() ? 3 : 4);
  }

  const std::vector<datasets::PlanePoint>& thumbnail(std::size_t set) {
    if (thumbnails_.empty()) {
      for (const datasets::DataSet& each : datasets::plane_sets()) {
        datasets::SeedRandom random("thumbnail");
        thumbnails_.push_back(each.generate(look::kThumbnailPoints, 0, random));
      }
    }
    return thumbnails_[set];
  }

  static void draw_dots(Ui& ui, const Rect& box, const std::vector<datasets::PlanePoint>& points) {
    const Theme& theme = ui.theme;
    const float dot = theme.px(look::kThumbnailDot);
    const Plane plane{across(), up(), box.inset(theme.px(1))};
    for (const datasets::PlanePoint& p : points) {
      const Point at = plane.at(p.x, p.y);
      fill(ui, {at.x - dot / 2, at.y - dot / 2, dot, dot}, theme.diverging(static_cast<float>(p.label)));
    }
  }

  Tiles tiles_;
  NetworkState network_;
  UnitAt shown_;
  HeatMapState field_;
  Instruments instruments_;
  Texture picture_;
  std::vector<IsoLine> lines_;
  std::vector<std::vector<datasets::PlanePoint>> thumbnails_;
};

}  // namespace

std::unique_ptr<work::Session> open(const SessionContext& context) {
  return std::make_unique<Session>(context.backend, context.seed);
}

std::unique_ptr<View> view() {
  return std::make_unique<PlaygroundView>();
}

}  // namespace vitrine::views::playground
