// Head line, curves over their band, error strip, neighbours.
#include "views/heartbeats/beat_pane.h"

#include <algorithm>
#include <cmath>

#include "app/ui/button.h"
#include "app/ui/controls.h"
#include "app/ui/focus.h"
#include "app/ui/offers.h"
#include "engine/core/number.h"
#include "views/heartbeats/beat_csv.h"
#include "views/heartbeats/controls.h"
#include "views/heartbeats/curves.h"
#include "views/heartbeats/nearest.h"
#include "views/heartbeats/numbers.h"
#include "views/heartbeats/time_axis.h"

namespace vitrine::views::heartbeats {

using namespace ui;
using work::command::Set;

namespace {

namespace look {
constexpr float kLabel = 4, kBelowHead = 2;  // units; icons of headings need that much
constexpr float kDifferenceShare = 0.45f;    // of the second category
constexpr float kBandKeyShare = 0.22f;       // likewise, of so small a mark
constexpr std::size_t kNeighbours = 3;
constexpr float kNeighboursFrom = 180, kNeighbourWidth = 38;  // units of width
constexpr float kModes = 94, kGap = 6, kToolGap = 5;          // units
constexpr float kModeChoice = 34, kLeastHead = 56, kLeastName = 12;
constexpr float kChip = 6, kChipPad = 2.5f, kChipShare = 0.18f;
constexpr float kFaint = 0.35f;  // of ink: what is only there to compare with
}  // namespace look

// Of the areas under the curves.
std::vector<LegendKey> ground_keys(const Theme& theme) {
  return {{.label = "difference", .area = true, .colour = fade(theme.category(1), look::kDifferenceShare)},
          {.label = "normal ± 2 σ", .area = true, .colour = theme.ink_share(look::kBandKeyShare)}};
}

Curves curves_of(const Staged& staged) {
  return {staged.recorded, staged.rebuilt, staged.passing};
}

Axis height_of(const Snapshot& s, const Curves& c) {
  float low = 0, high = 0;
  const auto widen = [&](float value) {
    if (std::isfinite(value)) low = std::min(low, value), high = std::max(high, value);
  };
  for (const float value : c.recorded) widen(value);
  for (const float value : c.rebuilt) widen(value);
  for (const float value : c.passing) widen(value);
  for (const float value : s.beats->mean) widen(value);  // the band may leave the stage: curves need the height
  return settled({.low = static_cast<double>(low), .high = static_cast<double>(high)});
}

// What was drawn, in units of the data, so that another scaling leaves it the same beat.
void post_beat(const Beats& beats, std::vector<float> beat, bool committed, const Post& post) {
  beats.scaling.undo(beat);
  post(Set{"stage.drawn", write_numbers(beat), committed});
}

std::string csv_of(const Snapshot& s, const Curves& c) {
  const Band band = normal_band(*s.beats);
  const std::vector<float> squares = squared_errors(c.recorded, c.rebuilt);
  const NamedCurve curves[] = {{"recorded", c.recorded},   {"rebuilt", c.rebuilt},    {"would pass", c.passing},
                               {"squared error", squares}, {"normal from", band.low}, {"normal to", band.high}};
  return curves_csv(s, curves);
}

void draw_errors(Ui& ui, const Plane& plane, const Rect& strip, const Curves& c) {
  std::vector<float> errors;
  for (std::size_t i = 0; i < c.recorded.size(); ++i) errors.push_back(-std::fabs(c.recorded[i] - c.rebuilt[i]));
  draw_strip(ui, plane, strip, "error", errors);
}

// Shape, colour and word: what the beat is.
float draw_chip(Ui& ui, const Rect& line, int category) {
  const Theme& theme = ui.theme;
  const std::string_view word = category == 0 ? "normal" : "anomaly";
  const float radius = theme.mark(measure::point), height = theme.u(look::kChip), pad = theme.u(look::kChipPad);
  const float width = 2 * pad + 2 * radius + theme.u(2) + text_width(ui, Type::small_value, word);
  const Rect chip = snap(Rect{line.x, line.middle_y() - height / 2, width, height});
  const Colour ground = over(fade(theme.category(category), look::kChipShare), ui.ground);
  fill(ui, chip, ground, height / 2);
  const Ground on(ui, ground);
  shape(ui, category, {chip.x + pad + radius, chip.middle_y()}, radius);
  Rect words = chip.inset(pad, 0);
  words.take_left(2 * radius + theme.u(2));
  text(ui, words, word, {.type = Type::small_value});
  return width;
}

void draw_head(Ui& ui, Rect line, const Staged& staged) {
  const Theme& theme = ui.theme;
  line.take_left(text(ui, line, staged.title, {.type = Type::title, .may_cut = true}) + theme.u(4));
  if (staged.category >= 0) line.take_left(draw_chip(ui, line, staged.category) + theme.u(4));
  if (line.w < theme.u(look::kLeastName)) return;
  const float name = text(ui, line, staged.name, {.colour = theme->ink2, .may_cut = true});
  line.take_left(name > 0 ? name + theme.u(6) : 0);
  for (const std::string& words : {staged.verdict, staged.verdict.substr(0, staged.verdict.find(':'))}) {
    if (text_width(ui, Type::body, words) >= line.w) continue;
    text(ui, line, words, {.colour = theme->ink2});
    return;
  }
}

float head_height(const Ui& ui) {
  return std::max(ui.theme.line(Type::title), segmented_height(ui, false));
}

// Side by side where the title keeps its room, behind one row of choice where it would not.
void draw_modes(Ui& ui, Rect& head, const Snapshot& s, const Post& post) {
  const Theme& theme = ui.theme;
  const work::Control& shows = *control_table().find("stage.shows");
  std::vector<std::string> options;
  for (const work::Choice& choice : shows.choices) options.push_back(choice.label);
  int shown = static_cast<int>(settings_of(s).shows);
  const bool wide = head.w >= theme.u(look::kModes + look::kLeastHead);
  const Rect rect = head.take_right(theme.u(wide ? look::kModes : look::kModeChoice));
  head.take_right(theme.u(look::kGap));
  const Row row{.id = "shows", .label = wide ? std::string_view() : shows.words.label, .help = help_of(shows)};
  const Edit edit = wide ? segmented(ui, rect, row, shown, options) : choice_row(ui, rect, row, shown, options);
  if (edit == Edit::committed) post(Set{shows.id, shows.choices[static_cast<std::size_t>(shown)].id});
}

std::string csv_of_neighbours(const Snapshot& s, std::span<const float> beat, std::span<const Neighbour> nearest) {
  const datasets::RowTable rows = s.beats->table(s.beats->learnt);
  std::vector<std::string> names;
  for (const Neighbour& each : nearest) names.push_back("differs by " + to_text(each.difference));
  std::vector<NamedCurve> curves{{"beat", beat}};
  for (std::size_t i = 0; i < nearest.size(); ++i) curves.emplace_back(names[i], rows[nearest[i].row]);
  return curves_csv(s, curves);
}

// Each of the nearest normal beats as a small curve over the one on the stage.
void draw_neighbours(Ui& ui, Rect rect, const Snapshot& s, const Staged& staged, const Axis& y) {
  const Theme& theme = ui.theme;
  const Rect whole = rect, free = plot_heading(ui, rect.take_top(plot_heading_height(ui)), "Nearest normal");
  const std::span<const float> beat = staged.recorded.empty() ? staged.rebuilt : staged.recorded;
  const std::vector<Neighbour> nearest = nearest_normal(*s.beats, beat, look::kNeighbours);
  offers(ui, free, pointed_in(whole),
         {.name = "nearest normal",
          .rect = whole,
          .csv = [&] { return csv_of_neighbours(s, beat, nearest); },
          .draw = [&](Ui& page, const Rect& area) { draw_neighbours(page, area, s, staged, y); }});
  const Axis x{.low = 0, .high = static_cast<double>(s.beats->width - 1)};
  const float card = rect.h / static_cast<float>(look::kNeighbours), label = theme.line(Type::small);
  const datasets::RowTable rows = s.beats->table(s.beats->learnt);
  if (nearest.empty()) paragraph(ui, rect, "None was learnt from.", {.type = Type::small, .colour = theme->ink2});
  for (const Neighbour& each : nearest) {
    Rect area = rect.take_top(card);
    const Rect words = area.take_bottom(label);
    const Plane plane{x, y, area.inset(0, theme.u(1))};
    draw_curve(ui, plane, beat, theme.ink_share(look::kFaint), theme.stroke(measure::stroke_axis));
    draw_curve(ui, plane, rows[each.row], theme->ink, theme.stroke(measure::stroke_axis));
    text(ui, words, "differs by " + number_text(static_cast<double>(each.difference)),
         {.type = Type::small, .colour = theme->ink3, .may_cut = true});
  }
}

// Of a flagged beat: the button that asks for its smallest change, or takes it away, where the legend leaves it room.
void draw_change(Ui& ui, const Rect& line, const Staged& now, const Post& post) {
  if (now.flagged < 0) return;
  const std::string_view words = now.change.empty() ? std::string_view("Smallest change") : now.change;
  std::vector<LegendKey> keys = ground_keys(ui.theme);
  for (const char* curve : {"recorded", "rebuilt", "would pass"}) keys.push_back({.label = curve});
  if (plain_button_width(ui, words) + ui.theme.u(look::kGap) + legend_width(ui, keys) > line.w) return;
  if (plain_button(ui, line.x, baseline_in(ui, line, Type::body), "change", words, Weight::quiet))
    post(Set{"stage.change", now.change.empty() ? now.flagged : std::int64_t{-1}});
}

}  // namespace

void BeatPane::draw(Ui& ui, Rect rect, const Snapshot& s, std::size_t beat, const Post& post) {
  const Theme& theme = ui.theme;
  const Staged now = staged(s, beat);
  beat_ = beat;
  Rect head = rect.take_top(head_height(ui));
  draw_modes(ui, head, s, post);
  draw_head(ui, head, now);
  rect.take_top(theme.u(look::kBelowHead));
  if (settings_of(s).shows == Shows::timing) return timing_.draw(ui, rect, s, post);
  if (s.program) return draw_code(ui, rect, s, post);
  if (s.inside) return inside_.draw(ui, rect, *s.inside);
  if (settings_of(s).shows == Shows::scaling) return scaling_.draw(ui, rect, s, now.recorded);
  if (rect.w >= theme.u(look::kNeighboursFrom)) {
    const Rect beside = rect.take_right(theme.u(look::kNeighbourWidth));
    rect.take_right(theme.u(look::kGap));
    draw_neighbours(ui, beside, s, now, height_of(s, curves_of(now)));
  }
  draw_plot(ui, rect, s, now, post);
}

// Offered with its head, the band and the strip: as it stands there.
void BeatPane::draw_plot(Ui& ui, Rect rect, const Snapshot& s, const Staged& now, const Post& post) {
  const Theme& theme = ui.theme;
  const Curves c = curves_of(now);
  const float head = head_height(ui) + theme.u(look::kBelowHead);
  const Export out{.name = "beat",
                   .rect = {rect.x, rect.y - head, rect.w, rect.h + head},
                   .csv = [&] { return csv_of(s, c); },
                   .draw =
                       [&](Ui& page, const Rect& whole) {
                         Rect area = whole;
                         draw_head(page, area.take_top(head_height(page)), now);
                         area.take_top(page.theme.u(look::kBelowHead));
                         BeatPane(For::paper).draw_plot(page, area, s, now, {});
                       }};
  rect.take_left(theme.u(look::kLabel));  // with the labels of the axis: room for "error"
  const Rect strip = rect.take_bottom(theme.u(kStrip));
  rect.take_bottom(theme.u(kStripGap));
  Axis y = pen_.held_axis() ? *pen_.held_axis() : height_of(s, c);
  y.title = unit_of(settings_of(s));
  Rect body = rect;
  const Rect line = body.take_top(plot_heading_height(ui));
  const TimeAxis time(s);
  const Plane shown = plane_in(ui, body, time.axis(), y);
  const Plane plane{time.steps(), y, shown.area};
  const bool draws = settings_of(s).shows == Shows::drawn && s.probe && !on_paper_;
  {
    const Clip clip(ui, plane.area);
    fill_band(ui, plane, normal_band(*s.beats));
    if (!c.recorded.empty())
      fill_between(ui, plane, c.recorded, c.rebuilt, fade(theme.category(1), look::kDifferenceShare));
    for (const double border : time.borders())
      upright(ui, snap(plane.at(border - 0.5, 0).x), plane.area.y, plane.area.h, theme.overlay(Overlay::axis));
  }
  if (draws) {
    draw_axes(ui, shown);
    draw_drawn(ui, line, plane, s, now, out, post);
  } else {
    draw_curves(ui, rect, c, time, y, out);
    if (brush_.active)
      upright(ui, snap(shown.at(brush_.x, 0).x), plane.area.bottom(), strip.bottom() - plane.area.bottom(),
              theme.overlay(Overlay::hair_line));
    if (!on_paper_) draw_change(ui, {shown.area.x, line.y, line.right() - shown.area.x, line.h}, now, post);
  }
  if (!c.recorded.empty()) draw_errors(ui, plane, {plane.area.x, strip.y, plane.area.w, strip.h}, c);
}

void BeatPane::draw_drawn(Ui& ui, const Rect& line, const Plane& plane, const Snapshot& s, const Staged& now,
                          const Export& out, const Post& post) {
  const Theme& theme = ui.theme;
  std::vector<float> beat = now.recorded;
  const Edit edit = pen_.follow(ui, plane, beat);
  {
    const Clip clip(ui, plane.area);
    draw_curve(ui, plane, now.rebuilt, theme.category(0), theme.stroke(measure::stroke_curve));
    draw_curve(ui, plane, beat, theme->ink, theme.stroke(measure::stroke_chosen));
  }
  const Rect free = draw_tools(ui, line, s, now, post);
  offers(ui, free, pointed_in(out.rect), out);
  if (edit != Edit::none) post_beat(*s.beats, beat, edit == Edit::committed, post);
}

void BeatPane::draw_curves(Ui& ui, const Rect& rect, const Curves& c, const TimeAxis& time, const Axis& y,
                           const Export& out) {
  const Theme& theme = ui.theme;
  const std::vector<float> squares = squared_errors(c.recorded, c.rebuilt);
  const bool both = !c.recorded.empty();
  std::vector<Series> series{{.label = both ? "rebuilt" : "decoded", .values = c.rebuilt, .colour = theme.category(0)}};
  if (both) series.insert(series.begin(), Series{.label = "recorded", .values = c.recorded, .colour = theme->ink});
  if (!c.passing.empty()) series.push_back({.label = "would pass", .values = c.passing, .category = 2});
  const Series read_as_well[] = {{.label = "squared error", .values = squares}};
  std::vector<LegendKey> keys = ground_keys(theme);
  if (!both) keys.erase(keys.begin());
  LinePlot plot = time.plot();
  plot.series = series, plot.read_as_well = std::span(read_as_well).first(both ? 1 : 0), plot.more_keys = keys;
  plot.y_title = y.title, plot.y_low = y.low, plot.y_high = y.high;
  plot.part_of = &out;
  line_plot(ui, "beat", rect, plot, plot_, brush_);
}

void BeatPane::draw_code(Ui& ui, Rect rect, const Snapshot& s, const Post& post) {
  const Theme& theme = ui.theme;
  const work::Control& weights = *control_table().find("stage.learnt_weights");
  rect.take_top(theme.u(3));
  Rect below = rect.take_bottom(choice_height(ui));
  rect.take_bottom(theme.u(2));
  bool learnt = settings_of(s).learnt_weights;
  const Row row{.id = weights.id, .label = weights.words.label, .help = help_of(weights)};
  if (toggle_row(ui, below.take_left(theme.px(measure::controls)), row, learnt) == Edit::committed)
    post(Set{weights.id, learnt});
  program_.draw(ui, rect, *control_table().find("stage.language"), *s.program, post);
}

// What is left of the line between them and the legend.
Rect BeatPane::draw_tools(Ui& ui, Rect line, const Snapshot& s, const Staged& now, const Post& post) {
  const Theme& theme = ui.theme;
  const float baseline = baseline_in(ui, line, Type::body);
  float x = line.x;
  const auto tool = [&](std::string_view id, std::string_view words, bool strong = false) {
    const bool pressed = plain_button(ui, x, baseline, id, words, strong ? Weight::strong : Weight::quiet);
    x += plain_button_width(ui, words) + theme.u(look::kToolGap);
    return pressed;
  };
  if (tool("pen-draw", "Pen", pen_.tool == 0)) pen_.tool = 0;
  if (tool("pen-bend", "Bend", pen_.tool == 1)) pen_.tool = 1;
  if (tool("pen-smooth", "Smooth")) {
    std::vector<float> beat = now.recorded;
    smooth(beat);
    post_beat(*s.beats, beat, true, post);
  }
  if (tool("pen-anew", "Mean beat")) post(Set{"stage.drawn", std::string()});
  const datasets::RowTable rows = s.beats->table(s.beats->validation);
  if (tool("pen-real", "Beat " + to_text(static_cast<std::int64_t>(beat_))))
    post_beat(*s.beats, {rows[beat_].begin(), rows[beat_].end()}, true, post);
  if (!s.undo.empty() && tool("pen-undo", "Undo")) post(work::command::Undo{});
  std::vector<LegendKey> keys = ground_keys(theme);
  keys.insert(keys.begin(), LegendKey{.label = "rebuilt", .category = 0});
  keys.insert(keys.begin(), LegendKey{.label = "yours", .colour = theme->ink});
  line.take_left(x - line.x);
  while (legend_width(ui, keys) + offers_width(ui) > line.w && !keys.empty()) keys.pop_back();
  line.take_right(legend(ui, line, keys));
  return line;
}

void BeatPane::picture(Ui& ui, const Rect& rect, const Snapshot& s, std::size_t beat) {
  const Staged now = staged(s, beat);
  const Curves c = curves_of(now);
  const Plane plane{{.low = 0, .high = static_cast<double>(s.beats->width - 1)}, height_of(s, c), rect};
  const Clip clip(ui, rect);
  fill_band(ui, plane, normal_band(*s.beats));
  if (!c.recorded.empty())
    fill_between(ui, plane, c.recorded, c.rebuilt, fade(ui.theme.category(1), look::kDifferenceShare));
  draw_curve(ui, plane, c.recorded, ui.theme->ink, ui.theme.stroke(measure::stroke_curve));
  draw_curve(ui, plane, c.rebuilt, ui.theme.category(0), ui.theme.stroke(measure::stroke_curve));
}

}  // namespace vitrine::views::heartbeats
