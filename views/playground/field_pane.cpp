// Chooses whose answers are shown, and draws map, points and caption.
#include "views/playground/field_pane.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/ui/focus.h"
#include "app/ui/offers.h"
#include "engine/core/number.h"
#include "views/playground/answers_table.h"
#include "views/playground/class_legend.h"
#include "views/playground/field.h"
#include "views/playground/field_marks.h"
#include "views/playground/plane.h"
#include "views/playground/unit_readings.h"

namespace vitrine::views::playground {

using namespace ui;

namespace {

namespace look {
constexpr float kScale = 60;                                // units, the colour scale with its ends
constexpr float kLongestName = 40;                          // units, of a class beside its numbers
constexpr float kFaintClass = 0.16f, kStrongClass = 0.62f;  // of a class's colour: at chance, and where it is sure
}  // namespace look

constexpr const char* kField = "field";
constexpr std::array<float, 5> kLevels{-0.75f, -0.5f, 0, 0.5f, 0.75f};
constexpr float kApart = 0.3f;   // between painted points
constexpr double kEraser = 0.4;  // its radius, on the plane
constexpr int kPlaceDigits = 3;

std::string place_text(Point p) {
  return fixed_text(static_cast<double>(p.x), kPlaceDigits) + " " + fixed_text(static_cast<double>(p.y), kPlaceDigits);
}

bool is_output(const Snapshot& s) {
  return s.close_up->unit.layer == s.shape.layers();
}

std::string heading_of(const Snapshot& s) {
  const auto [layer, unit] = s.close_up->unit;
  if (is_output(s)) return "Output";
  if (layer == 0) return feature_label(*static_cast<const Settings*>(s.settings.get()), unit);
  return "Layer " + to_text(std::int64_t{layer}) + ", unit " + to_text(std::int64_t{unit} + 1);
}

bool shows_classes(const Snapshot& s) {
  return s.shape.answer == Answer::classes && is_output(s);
}

// A feature has other ends, and a class a colour of its own.
bool has_scale(const Snapshot& s) {
  return s.close_up->unit.layer != 0 && s.shape.answer != Answer::classes;
}

// The answers that the ends of the colours stand for.
float reach_of(const Snapshot& s) {
  return s.close_up->unit.layer == 0 ? reach_of_feature(s, s.close_up->unit.unit) : kReachOfUnit;
}

std::uint64_t version_of(const CloseUp& image, bool discretise) {
  Hasher version;
  version.word(image.version).word(static_cast<std::uint64_t>(image.edge)).word(discretise ? 1 : 0);
  version.word(static_cast<std::uint64_t>(image.unit.layer)).word(static_cast<std::uint64_t>(image.unit.unit));
  return version.real(image.window.x).real(image.window.y).real(image.window.zoom).finish().low;
}

UnitPlace place_of(const Snapshot& s, UnitAt at) {
  if (!at.valid() || at.column >= s.shape.layers()) return {};
  return {at.column, at.unit};
}

ClassLegend legend_of(const Ui& ui, const Snapshot& s, float width) {
  return {ui, s, heading_of(s), width};
}

std::vector<Reading> told_at(const Ui& ui, const Snapshot& s, const UnitReading& reading) {
  std::vector<Reading> rows = rows_of(s, reading);
  const auto point = static_cast<std::size_t>(reading.place.point);
  if (reading.place.point == ReadPlace::kNoPoint || point >= s.points->all.size()) return rows;
  const double label = s.points->all[point].label;
  const std::string name = s.points->are_values() ? number_text(label, {.digits = 3, .sign = true})
                                                  : s.points->name_of(s.points->class_of(label));
  rows.insert(rows.begin(), {"label", fitting(ui, Type::small, name, ui.theme.u(look::kLongestName))});
  return rows;
}

// The links end where the middle label and the title would stand: the title goes to the top, under the highest label.
void draw_labels(Ui& ui, Plane plane) {
  const Theme& theme = ui.theme;
  const std::string title = std::exchange(plane.y.title, "");
  draw_edge_labels(ui, plane);
  const float width = text_width(ui, Type::small, title), height = theme.line(Type::small);
  const float right = plane.area.x - theme.u(2), y = plane.area.y + height + theme.u(1);
  text(ui, {right - width, y, width, height}, title, {.type = Type::small, .colour = theme->ink3});
}

// On a strip at the foot of the field: what is wrong with it, or worth looking for.
void draw_strip(Ui& ui, const Rect& area, const std::string& words, Colour colour) {
  const Theme& theme = ui.theme;
  Rect strip = area;
  const float padding = theme.u(2), width = area.w - 2 * padding;
  const TextStyle style{.type = Type::small, .colour = colour};
  const float height = paragraph(ui, {area.x + padding, area.y, width, area.h}, words, style, false) + 2 * padding;
  strip = strip.take_bottom(std::min(snap(height), area.h));
  fill(ui, strip, theme->pane, theme.px(measure::radius_tile));
  const Ground ground(ui, theme->pane);
  paragraph(ui, {strip.x + padding, strip.y + padding, width, strip.h - 2 * padding}, words, style);
}

}  // namespace

void FieldPane::draw(Ui& ui, Rect rect, float labels, const Snapshot& s, UnitAt pointed_at, Selection& selection,
                     const Post& post) {
  const auto& settings = *static_cast<const Settings*>(s.settings.get());
  const CloseUp& image = *s.close_up;
  const Rect free =
      plot_heading(ui, rect.take_top(plot_heading_height(ui)), heading_of(s), legend_of(ui, s, rect.w).on_heading());
  const std::uint64_t version = version_of(image, settings.discretise);
  const std::span<const float> values = values_of(image, version, settings.discretise);
  const float reach = settings.discretise ? 1 : reach_of(s);
  Look wanted{.unit = place_of(s, pointed_at)};
  wanted.pixels = static_cast<int>(rect.w);
  if (settings.surface) {
    surface_.draw(ui, snap(rect), free, s, values, reach, post);
    return ask(wanted, s, post);
  }
  rect.take_bottom(labels);
  const Rect area = snap(rect);
  const std::vector<MapMark> marks = marks_of(s, settings.test);
  const bool of_classes = shows_classes(s);
  const HeatMap map{.width = image.edge,
                    .height = image.edge,
                    .values = values,
                    .version = version,
                    .low = -reach,
                    .high = reach,
                    .share = kFieldRange,
                    .x = across(image.window),
                    .y = up(image.window),
                    .labels = false,
                    .levels = of_classes ? std::span<const float>() : std::span<const float>(kLevels),
                    .marks = of_classes ? std::span<const MapMark>() : std::span<const MapMark>(marks),
                    .over = [&](Ui& page, const Plane& plane) { draw_over(page, plane, s); },
                    .value_name = "",
                    .can_drag = settings.brush != Brush::off,
                    .cursor_x = static_cast<double>(at_.x),
                    .cursor_y = static_cast<double>(at_.y),
                    .view = PlaneView{image.window.x, image.window.y, image.window.zoom},
                    .limits = {kLeastZoom, kMostZoom, kFarthest}};
  const HeatMapEvents events = heat_map(ui, kField, area, map, field_);
  brush(events, settings, post);
  look(events.view, post);
  const Plane plane{map.x, map.y, area};
  draw_labels(ui, plane);
  offer(ui, free, area, events.hovered, s, map);
  {
    const Clip clip(ui, area);
    const Point at = plane.at(events.x, events.y);
    const std::int64_t point =
        events.hovered ? point_under(ui, plane, s, settings.test, at) : std::int64_t{Selection::kNone};
    selection.point(ImGui::GetID("points"), point);
    if (events.hovered)
      wanted.place = {events.x, events.y, point == Selection::kNone ? ReadPlace::kNoPoint : static_cast<int>(point)};
    draw_selected(ui, plane, s, selection);
    if (!s.trouble.empty()) {
      draw_strip(ui, area, s.trouble.front(), ui.theme->warning);
    } else if (!s.remark.empty()) {
      draw_strip(ui, area, s.remark, ui.theme->ink2);
    }
  }
  if (events.hovered && s.reading) readout(ui, plane.at(events.x, events.y), region(), told_at(ui, s, *s.reading));
  ask(wanted, s, post);
}

// What lies on the map, on screen and on paper.
void FieldPane::draw_over(Ui& ui, const Plane& plane, const Snapshot& s) {
  const auto& settings = *static_cast<const Settings*>(s.settings.get());
  const bool of_classes = shows_classes(s);
  if (of_classes) draw_classes(ui, plane.area, *s.close_up, settings.discretise);
  if (of_classes || s.points->are_values()) draw_points(ui, plane, s, settings.test);
  if (settings.errors) draw_errors(ui, plane, s, settings.test);
  draw_batch(ui, plane, s);
  draw_outside(ui, plane, s, settings.test);
}

// On paper the map has its heading, its labels and the scale of its colours, as on screen.
void FieldPane::offer(Ui& ui, const Rect& line, const Rect& area, bool hovered, const Snapshot& s, const HeatMap& map) {
  const bool in_use = hovered || pointed_in(line) || imgui_compat::focused(ImGui::GetID(kField));
  HeatMap labelled = map;
  labelled.labels = true;
  const Margins margins = heat_map_margins(ui, labelled);
  const float head = plot_heading_height(ui);
  const float rows = legend_of(ui, s, area.w).height(ui);
  const float foot = margins.bottom + rows + (has_scale(s) ? ui.theme.u(1) + ui.theme.line(Type::small) : 0);
  HeatMapState same;  // its picture and the scale's live until they have been rasterised
  Texture scale;
  const auto draw = [&](Ui& page, Rect whole) {
    const Margins free = heat_map_margins(page, labelled);
    whole.take_left(free.left);
    const ClassLegend legend = legend_of(page, s, whole.w);
    plot_heading(page, whole.take_top(plot_heading_height(page)), heading_of(s), legend.on_heading());
    legend.draw(page, whole.take_bottom(legend.height(page)));
    if (has_scale(s)) {
      colour_scale(page, whole.take_bottom(page.theme.line(Type::small)), {.share = kFieldRange}, scale);
      whole.take_bottom(page.theme.u(1));
    }
    whole.take_bottom(free.bottom);
    heat_map(page, kField, whole, map, same);
    draw_labels(page, {map.x, map.y, snap(whole)});
  };
  offers(ui, line, in_use,
         {.name = kField,
          .rect = {area.x - margins.left, area.y - head, margins.left + area.w, head + area.h + foot},
          .csv = [&] { return answers_csv(s); },
          .draw = draw});
}

// One look at a time is on its way. Where nothing plays there is time to see more sharply.
void FieldPane::ask(const Look& wanted, const Snapshot& s, const Post& post) {
  if (s.look == wanted && (s.sharp || s.playing)) return;
  if (asked_ == s.handled + 1) return;
  asked_ = s.handled + 1;
  post(work::command::Call{[wanted, spare_time = !s.playing](work::Runner& runner) {
    static_cast<Session&>(runner.session()).look_at(wanted, spare_time);
  }});
}

std::span<const float> FieldPane::values_of(const CloseUp& image, std::uint64_t version, bool discretise) {
  if (!discretise) return image.answers.front();
  if (sides_.version != version) sides_ = {version, shown(image.answers.front(), true)};
  return sides_.values;
}

// Another part of the plane: its three numbers are one edit.
void FieldPane::look(const PlaneViewEdit& wanted, const Post& post) {
  if (wanted.edit == Edit::none) return;
  post(work::command::Set{"view.x", wanted.view.x, false});
  post(work::command::Set{"view.y", wanted.view.y, false});
  post(work::command::Set{"view.zoom", wanted.view.zoom, wanted.edit == Edit::committed});
}

// The pointer paints while it is down, the keyboard where Enter is pressed; one gesture is one edit.
void FieldPane::brush(const HeatMapEvents& events, const Settings& settings, const Post& post) {
  if (settings.brush == Brush::off) return;
  const Point now{static_cast<float>(events.x), static_cast<float>(events.y)};
  const bool by_key = events.clicked && !events.held;
  if (events.dragging || by_key) at_ = now;
  if (!events.held && !by_key) return;
  const bool begins = by_key || !pressed_;
  const float away = std::hypot(now.x - stroked_.x, now.y - stroked_.y);
  pressed_ = events.held && !events.let_go;
  const bool last = by_key || events.let_go;
  const std::string place = place_text(now);
  std::string text;
  if (settings.brush == Brush::erase) {
    text = "erase " + place + " " + to_text(kEraser);
  } else if (settings.brush == Brush::move) {
    if (!begins && away > 0) text = "move " + place_text(stroked_) + " " + place;
  } else if (begins || away >= kApart) {
    text = "add " + place + " " + to_text(static_cast<std::int64_t>(settings.brush));
  } else if (!last) {
    return;
  }
  stroked_ = now;
  if (!text.empty() || last) post(work::command::Set{"data.stroke", text, last});
}

// Every pixel in the colour of the class with the largest share, the stronger the surer.
void FieldPane::draw_classes(Ui& ui, const Rect& area, const CloseUp& image, bool discretise) {
  const Theme& theme = ui.theme;
  const std::uint64_t version = version_of(image, discretise) * kLooks + static_cast<std::uint64_t>(theme.look());
  if (classes_.version != version) {
    const std::vector<Field>& shares = image.answers;
    classes_ = {"playground.classes", version, Filter::linear, Image(image.edge, image.edge)};
    const float chance = 1 / static_cast<float>(shares.size());
    for (std::size_t i = 0; i < shares.front().size(); ++i) {
      std::size_t best = 0;
      for (std::size_t c = 1; c < shares.size(); ++c) {
        if (shares[c][i] > shares[best][i]) best = c;
      }
      const float sure = discretise ? 1 : std::clamp((shares[best][i] - chance) / (1 - chance), 0.0f, 1.0f);
      const Colour colour = mix(theme->pane, theme.category(static_cast<int>(best)),
                                look::kFaintClass + (look::kStrongClass - look::kFaintClass) * sure);
      for (int k = 0; k < 4; ++k)
        classes_.image.rgba[4 * i + static_cast<std::size_t>(k)] = static_cast<std::uint8_t>(colour >> (8 * k));
    }
  }
  ui::picture(ui, classes_, area, theme.px(measure::radius_tile));
}

float FieldPane::caption_height(const Ui& ui, const Snapshot& s, float width) const {
  const float line = ui.theme.line(Type::small), legend = legend_of(ui, s, width).height(ui);
  return ui.theme.u(1) + (legend > 0 && has_scale(s) ? line + legend : std::max(line, legend));
}

void FieldPane::draw_caption(Ui& ui, Rect line, const Snapshot& s) {
  static constexpr std::array<std::string_view, 4> kStages{"forward", "loss", "backward", "update"};
  const auto& settings = *static_cast<const Settings*>(s.settings.get());
  const Theme& theme = ui.theme;
  line.take_top(theme.u(1));
  const ClassLegend legend = legend_of(ui, s, line.w);
  const Rect whole = line;
  Rect below = line;
  line = below.take_top(theme.line(Type::small));
  if (has_scale(s)) legend.draw(ui, below);
  constexpr std::array<std::string_view, 6> kBrushes{"",
                                                     "Drag to paint points of the first class",
                                                     "Drag to paint points of the second class",
                                                     "Drag to paint points of the third class",
                                                     "Drag to take points away",
                                                     "Drag a point to another place"};
  std::string words = settings.brush != Brush::off ? std::string(kBrushes[static_cast<std::size_t>(settings.brush)])
                      : settings.discretise        ? "Which class it answers"
                                                   : "What the network answers",
              more;
  if (s.batch >= 0) {
    words = "Batch " + to_text(std::int64_t{s.batch} + 1) + " of " + to_text(std::int64_t{s.batches}) + ", before " +
            std::string(kStages[static_cast<std::size_t>(s.stage)]);
    if (s.stage >= 2) more = ": loss " + number_text(static_cast<double>(s.batch_loss));
  } else if (!s.said.empty()) {
    words = s.said.substr(0, s.said.find(';')) + (s.said.find(';') == s.said.npos ? "" : ".");
    if (text_width(ui, Type::small, s.said) <= line.w) words = s.said;
  }
  // The sentence is whole or shorter, never cut. Where both do not fit, the usual one leaves its place to the scale;
  // for another the scale folds, then what follows the colon.
  if (text_width(ui, Type::small, words + more) <= line.w) words += more;
  const float width = text_width(ui, Type::small, words), scale = theme.u(look::kScale);
  Rect left = line;
  const bool usual = s.batch < 0 && s.said.empty() && settings.brush == Brush::off;
  if (has_scale(s) && (usual || width + scale <= line.w))
    colour_scale(ui, left.take_right(scale), {.share = kFieldRange}, scale_);
  if (usual && !has_scale(s) && legend.height(ui) > 0) return legend.draw(ui, whole);
  if (width <= left.w) text(ui, left, words, {.type = Type::small, .colour = theme->ink2});
}

void FieldPane::picture(Ui& ui, const Rect& rect, const Snapshot& s) {
  const float edge = std::max(rect.w, rect.h);
  const Rect area = rect.centred(edge, edge);
  const Clip clip(ui, rect);
  const CloseUp& image = *s.close_up;
  if (s.shape.answer == Answer::classes) {
    draw_classes(ui, area, image, false);
  } else {
    const std::uint64_t version = version_of(image, false) * kLooks + static_cast<std::uint64_t>(ui.theme.look());
    if (picture_.version != version) {
      const Field& field = image.answers.front();
      picture_ = {"playground.picture", version, Filter::linear, Image(image.edge, image.edge)};
      colour_values(ui.theme, field, -1, 1, ColourMap::diverging, kFieldRange, picture_.image);
      lines_ = iso_lines(field, image.edge, image.edge, kLevels);
    }
    ui::picture(ui, picture_, area);
    std::vector<Point> points;
    for (const IsoLine& line : lines_) {
      if (line.level != 0) continue;
      points.clear();
      for (const Point& p : line.points) points.push_back({area.x + p.x * area.w, area.y + p.y * area.h});
      polyline(ui, points, ui.theme.ink_share(0.75f), ui.theme.stroke(measure::stroke_icon));
    }
  }
  const Plane plane{across(), up(), area};
  for (std::size_t i = 0; i < std::min(s.points->train, kMostMarks); i += 2) {
    draw_point(ui, plane, *s.points, i);
  }
}

}  // namespace vitrine::views::playground
