// Draws First neuron: its line among the points and the landscape it walks; the second lesson draws itself.
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/ui/button.h"
#include "app/ui/focus.h"
#include "app/ui/heat_map.h"
#include "app/ui/rows.h"
#include "app/ui/table.h"
#include "engine/core/number.h"
#include "views/neuron/answers_plot.h"
#include "views/neuron/fit_view.h"
#include "views/neuron/inside.h"
#include "views/pane.h"

namespace vitrine::views::neuron {

using namespace ui;
using work::command::Set;

namespace {

namespace look {
constexpr float kStand = 3, kHere = 7, kArrow = 9, kCross = 5;
constexpr float kLeastRoom = 80;           // units of height under which the inside of a step folds
constexpr float kArrowOfGradient = 0.28f;  // the arrow is the gradient, so much of it, whatever the rate
constexpr float kPictureStretch = 1.3f;
constexpr float kLeastArrow = 2;                         // px: a shorter step has no arrow
constexpr double kLabelWeight = 1.2, kLabelBias = -3.3;  // where the words of the lowest place end
}  // namespace look

// The landscape as heights of colour: 1 in the deepest place, falling with the logarithm of the loss.
struct Relief {
  static constexpr float kSlope = 1.6f;  // lets what is far from the valley melt into the pane
  std::shared_ptr<const Landscape> of;
  std::vector<float> heights, levels;
  std::vector<IsoLine> lines;
  std::uint64_t version = 0;

  void follow(const std::shared_ptr<const Landscape>& landscape) {
    if (of == landscape) return;
    of = landscape;
    ++version;
    const float most = *std::ranges::max_element(of->values);
    const auto height = [&](float loss) { return std::pow(1 - std::log1p(loss) / std::log1p(most), kSlope); };
    heights.clear(), levels.clear();
    for (const float loss : of->values) heights.push_back(height(loss));
    for (float loss = 0.25f; loss < most; loss *= 2) levels.push_back(height(loss));
    lines = iso_lines(heights, Landscape::kColumns, Landscape::kRows, levels);
  }
};

Axis weight_axis() {
  return {.low = Landscape::kWeightLow, .high = Landscape::kWeightHigh, .title = "w"};
}
Axis bias_axis() {
  return {.low = Landscape::kBiasLow, .high = Landscape::kBiasHigh, .title = "b"};
}

// Where the walk has been, where it stands, where the next step leads.
void draw_walk(Ui& ui, const Plane& plane, const Snapshot& s, bool with_arrow) {
  const Theme& theme = ui.theme;
  std::vector<Point> points;
  const auto at = [&](float w, float b) { return plane.at(static_cast<double>(w), static_cast<double>(b)); };
  for (const Stand& stand : s.path) {
    if (drawable(stand.weight) && drawable(stand.bias)) points.push_back(at(stand.weight, stand.bias));
  }
  const Clip clip(ui, plane.area);
  // Piece by piece: where a walk turns back on itself, joined pieces would grow thin.
  for (std::size_t i = 1; i < points.size(); ++i) {
    line(ui, points[i - 1], points[i], theme->ink, theme.stroke(measure::stroke_curve));
  }
  const float apart = theme.px(look::kStand) * 1.5f;
  Point last{-1e9f, -1e9f};
  for (const Point& p : points) {  // dots where they stand apart
    if (std::hypot(p.x - last.x, p.y - last.y) < apart) continue;
    disc(ui, p, theme.px(look::kStand), theme->ink);
    last = p;
  }
  if (!points.empty()) {
    const Point here = points.back(), aim = at(s.weight - look::kArrowOfGradient * s.weight_gradient,
                                               s.bias - look::kArrowOfGradient * s.bias_gradient);
    const float whole = std::hypot(aim.x - here.x, aim.y - here.y), length = std::min(whole, plane.area.h);
    if (with_arrow && std::isfinite(whole) && whole > theme.px(look::kLeastArrow)) {
      const Point d{(aim.x - here.x) / whole, (aim.y - here.y) / whole};
      const Point next{here.x + d.x * length, here.y + d.y * length};
      const float head = std::min(theme.px(look::kArrow), length);
      const Point neck{next.x - d.x * head, next.y - d.y * head};
      const float half = head * 0.45f;
      line(ui, here, neck, theme->accent, theme.stroke(measure::stroke_chosen));
      const Point tip[] = {
          next, {neck.x - d.y * half, neck.y + d.x * half}, {neck.x + d.y * half, neck.y - d.x * half}};
      polygon(ui, tip, theme->accent);
    }
    disc(ui, here, theme.px(look::kHere) + theme.stroke(measure::stroke_ring), ui.ground);
    disc(ui, here, theme.px(look::kHere), theme->ink);
  }
}

class NeuronView final : public View {
 public:
  void draw(Ui& ui, const Rect& pane, const work::Snapshot& snapshot, const Post& post) override {
    const auto& s = static_cast<const Snapshot&>(snapshot);
    const auto& settings = *static_cast<const Settings*>(s.settings.get());
    Rect left = inside_pane(ui, pane);
    if (s.fit) return fit_.draw(ui, left, s, settings, post);
    const float step = inside_height(ui, kLineCardLines);
    if (left.h - step > ui.theme.u(look::kLeastRoom)) {
      draw_inside(ui, left.take_bottom(step), s, line_cards(s, settings), post);
      left.take_bottom(gap_down(ui) / 2);
    }
    const float gap = gap_across(ui);
    answers_plot(ui, "answers", left.column(0, 2, gap), s, answers_);
    draw_landscape(ui, left.column(1, 2, gap), s, settings, post);
  }

  void picture(Ui& ui, const Rect& rect, const work::Snapshot& snapshot) override {
    const auto& s = static_cast<const Snapshot&>(snapshot);
    if (s.fit) return fit_.picture(ui, rect, s);
    relief_.follow(s.landscape);
    // What lies deep below the valley is cut off; the walk is not.
    const Rect area{rect.x, rect.y, rect.w, rect.h * look::kPictureStretch};
    const std::uint64_t version = relief_.version * kLooks + static_cast<std::uint64_t>(ui.theme.look());
    if (colours_.version != version) {
      colours_ = {"neuron.picture", version, Filter::linear, Image(Landscape::kColumns, Landscape::kRows)};
      colour_values(ui.theme, relief_.heights, 0, 1, ColourMap::sequential, 1, colours_.image);
    }
    ui.canvas()->PushClipRect(top_left(rect), bottom_right(rect), true);
    ui::picture(ui, colours_, area);
    std::vector<Point> points;
    for (const IsoLine& iso : relief_.lines) {
      points.clear();
      for (const Point& p : iso.points) points.push_back({area.x + p.x * area.w, area.y + p.y * area.h});
      polyline(ui, points, ui.theme.ink_share(0.16f), ui.theme.px(1));
    }
    draw_walk(ui, {weight_axis(), bias_axis(), area}, s, false);
    ui.canvas()->PopClipRect();
  }

  float below_rows(Ui& ui, const Rect& rect, std::string_view group, const work::Snapshot& snapshot,
                   const Post& post) override {
    const auto& s = static_cast<const Snapshot&>(snapshot);
    if (s.fit) {
      const auto& settings = *static_cast<const Settings*>(s.settings.get());
      return group == "Formula" ? fit_.rows(ui, rect, settings, post) : 0;
    }
    if (group == "Learning") return draw_data(ui, rect, s);
    return group == "Ask" ? draw_answer(ui, rect, s) : 0;
  }

 private:
  void draw_landscape(Ui& ui, Rect rect, const Snapshot& s, const Settings& settings, const Post& post) {
    const Theme& theme = ui.theme;
    relief_.follow(s.landscape);
    const Rect heading = rect.take_top(plot_heading_height(ui));
    Rect free = plot_heading(ui, heading, "Loss of every w and b");
    free.take_right(theme.px(measure::button_height));  // of the dice
    if (icon_button(ui, {heading.right() - theme.px(measure::icon) / 2, heading.y + theme.line(Type::section) / 2},
                    "another start", Icon::dice, "Another start",
                    "Begins the walk at a weight drawn by chance, with bias 0.")) {
      post(Set{"neuron.start", settings.start % 99999 + 1});
    }
    HeatMap map{.width = Landscape::kColumns,
                .height = Landscape::kRows,
                .values = relief_.heights,
                .version = relief_.version,
                .low = 0,
                .high = 1,
                .map = ColourMap::sequential,
                .x = weight_axis(),
                .y = bias_axis(),
                .levels = relief_.levels,
                .over =
                    [&](Ui& page, const Plane& plane) {
                      draw_lowest(page, plane);
                      draw_walk(page, plane, s, true);
                    },
                .value_name = {},
                .can_drag = true,
                .cursor_x = settings.weight,
                .cursor_y = settings.bias,
                .heading_line = free};
    const Margins margins = heat_map_margins(ui, map);
    rect.take_left(margins.left), rect.take_bottom(margins.bottom);
    const Rect area = snap(rect);
    const HeatMapEvents events = heat_map(ui, "landscape", area, map, landscape_);
    move_by_hand(events, post);
    const Plane plane{map.x, map.y, area};
    if (events.hovered && !events.dragging) {
      const double share_x = plane.x.share(events.x), share_y = 1 - plane.y.share(events.y);
      const auto cell = [](double share, int count) {
        return static_cast<std::size_t>(std::clamp(static_cast<int>(share * count), 0, count - 1));
      };
      const float loss =
          s.landscape
              ->values[cell(share_y, Landscape::kRows) * Landscape::kColumns + cell(share_x, Landscape::kColumns)];
      const Reading rows[] = {
          {"w", number_text(events.x)}, {"b", number_text(events.y)}, {"loss", number_text(static_cast<double>(loss))}};
      readout(ui, plane.at(events.x, events.y), region(), rows);
    }
  }

  // One gesture: both values move while the place is held, and are one edit when it is let go.
  void move_by_hand(const HeatMapEvents& events, const Post& post) {
    if (events.dragging) {
      if (!held_ || events.x != held_x_) post(Set{"neuron.weight", events.x, false});
      if (!held_ || events.y != held_y_) post(Set{"neuron.bias", events.y, false});
      held_ = true, held_x_ = events.x, held_y_ = events.y;
    } else if (held_) {
      held_ = false;
      post(Set{"neuron.bias", held_y_, true});
    }
  }

  void draw_lowest(Ui& ui, const Plane& plane) {
    const Theme& theme = ui.theme;
    const Point goal = plane.at(2, -1);
    const float arm = theme.px(look::kCross), width = theme.stroke(measure::stroke_ring);
    const Colour mark = text_on(theme.sequential(1));
    fill(ui, snap(Rect{goal.x - arm, goal.y - width / 2, 2 * arm, width}), mark);
    fill(ui, snap(Rect{goal.x - width / 2, goal.y - arm, width, 2 * arm}), mark);
    // Beside the valley, where words read, with a thread to the place.
    const Point end = plane.at(look::kLabelWeight, look::kLabelBias);
    const std::string words = "lowest: w = 2, b = −1";
    const float wide = text_width(ui, Type::small, words), height = theme.line(Type::small);
    if (end.x - wide < plane.area.x) return;
    line(ui, {end.x + theme.u(1), end.y}, {goal.x - arm, goal.y + arm}, theme->ink, theme.stroke(measure::stroke_axis));
    const Ground ground(ui, theme.sequential(height_at(look::kLabelWeight, look::kLabelBias)));
    text(ui, {end.x - wide, end.y - height / 2, wide, height}, words, {.type = Type::small});
  }

  float height_at(double w, double b) const {
    const auto column = static_cast<std::size_t>(weight_axis().share(w) * (Landscape::kColumns - 1));
    const auto row = static_cast<std::size_t>((1 - bias_axis().share(b)) * (Landscape::kRows - 1));
    return relief_.heights[row * Landscape::kColumns + column];
  }

  // In the room of a column: three digits, and of what is larger only that it is.
  static std::string number_of(float value, bool sign) {
    constexpr float kMost = 999;
    if (value > kMost) return ">999";
    if (value < -kMost) return "<−999";
    const float size = std::fabs(value);
    return number_text(static_cast<double>(value), {.decimals = size < 10 ? 2 : size < 100 ? 1 : 0, .sign = sign});
  }

  // The table is read, not set: where the column is short it leaves its place to the rows.
  float draw_data(Ui& ui, const Rect& rect, const Snapshot& s) {
    const Theme& theme = ui.theme;
    Rect left = rect;
    const float gap = theme.u(theme.compact() ? 3 : 8);
    if (gap + heading_height(ui) + table_height(ui, kPoints) > rect.h) return 0;
    left.take_top(gap);
    const Rect line = left.take_top(heading_height(ui));
    heading(ui, line, "Data");
    Rect free{line.x, line.y, line.w, theme.line(Type::section)};
    free.take_left(text_width(ui, Type::section, "Data"));
    static const TableColumn columns[] = {
        {"x", false, 0.5f}, {"y", true, 0.6f}, {"answer", true, 1}, {"error", true, 1}};
    std::vector<TableCell> cells;
    const float most = 5;  // an error that takes all of the map's colour
    for (std::size_t i = 0; i < kPoints; ++i) {
      cells.push_back({number_text(static_cast<double>(kX[i]), {.decimals = 0})});
      cells.push_back({number_text(static_cast<double>(kY[i]), {.decimals = 0})});
      cells.push_back({number_of(s.answers[i], false), theme->ink2});
      const float share = std::isfinite(s.errors[i]) ? std::clamp(s.errors[i] / most, -1.0f, 1.0f) : 0;
      cells.push_back({number_of(s.errors[i], true), theme.signed_ink(share)});
    }
    const float height = table_height(ui, kPoints);
    table(ui, "data", left.take_top(height), {.columns = columns, .cells = cells, .heading_line = free}, table_);
    return rect.h - left.h;
  }

  static float tray_height(const Ui& ui) { return ui.theme.u(ui.theme.compact() ? 8.5f : 10); }

  float draw_answer(Ui& ui, const Rect& rect, const Snapshot& s) {
    const Theme& theme = ui.theme;
    const float gap = theme.u(1);
    const Rect tray{rect.x, rect.y + gap, rect.w, tray_height(ui) - gap};
    const Colour overlay = theme.overlay(Overlay::tray);
    fill(ui, tray, overlay, theme.px(measure::radius_button));
    const Ground ground(ui, over(overlay, ui.ground));
    const Rect inside = tray.inset(theme.u(3), 0);
    const float baseline = baseline_in(ui, inside, Type::value);
    const std::string answer = number_text(static_cast<double>(s.answer), {.digits = 4});
    const float width = number_width(ui, answer);
    text_on(ui, inside.x, inside.right() - width, baseline, "ŷ =", {.colour = theme->ink2});
    number(ui, inside.x, inside.right(), baseline, answer);
    return tray_height(ui);
  }

  FitView fit_;
  AnswersState answers_;
  Relief relief_;
  HeatMapState landscape_;
  TableState table_;
  Texture colours_;
  bool held_ = false;
  double held_x_ = 0, held_y_ = 0;
};

}  // namespace

std::unique_ptr<work::Session> open(const SessionContext& context) {
  return std::make_unique<Session>(context.backend, context.seed);
}

std::unique_ptr<View> view() {
  return std::make_unique<NeuronView>();
}

}  // namespace vitrine::views::neuron
