// Loss, test set and gradients side by side; the third folds first.
#include "views/playground/instruments.h"

#include <algorithm>
#include <cmath>

#include "app/ui/focus.h"
#include "app/ui/offers.h"
#include "app/ui/read_out.h"
#include "engine/core/number.h"
#include "views/pane.h"
#include "views/playground/arithmetic.h"
#include "views/playground/controls.h"
#include "views/playground/field_marks.h"
#include "views/playground/read_text.h"

namespace vitrine::views::playground {

using namespace ui;

namespace {
namespace look {
constexpr float kTestSet = 62, kThird = 46, kThirdCompact = 40, kClasses = 62;  // units of width
constexpr float kSums = 84;                              // as wide as "new = old − rate × slope"
constexpr float kCodeShare = 0.55f, kRunsShare = 0.72f;  // of the width
constexpr float kLeastLoss = 70;                         // units; below, the third folds
constexpr float kConfusion = 27, kConfusionCompact = 21, kConfusionMost = 33;  // units, the edge of the four cells
}  // namespace look

constexpr int kLargeCells = 4;      // classes, more of which share the room that there is
constexpr std::size_t kLosses = 2;  // of the curves; the penalty is the third
constexpr int kOtherRun = 4;        // categories of a run that is compared, solid and dashed as the present one's

// What it comes to stands out.
void draw_sum(Ui& ui, Rect line, const std::string& sum) {
  const std::size_t result = sum.rfind("= ") + 2;
  const std::string way = sum.substr(0, result);
  const Rect before = line.take_left(text_width(ui, Type::small, way));
  text(ui, before, way, {.type = Type::small, .colour = ui.theme->ink2, .may_cut = true});
  text(ui, line, sum.substr(result), {.type = Type::small_value, .may_cut = true});
}

// As many lines as fit, the last ones of a long sum: there the result stands.
void draw_sums(Ui& ui, Rect rect, const Snapshot& s, UnitAt unit, const std::vector<std::string>& lines) {
  const Rect whole = rect;
  const bool output = unit.column >= s.shape.layers();
  const Rect free = plot_heading(
      ui, rect.take_top(plot_heading_height(ui)),
      output ? "Output, first point"
             : "Layer " + to_text(std::int64_t{unit.column}) + ", unit " + to_text(std::int64_t{unit.unit} + 1));
  offers(ui, free, pointed_in(whole),
         {.name = "sums",
          .rect = whole,
          .csv = [&] { return arithmetic_csv(s, unit); },
          .draw = [&](Ui& page, const Rect& area) { draw_sums(page, area, s, unit, lines); }});
  const float height = ui.theme.line(Type::small);
  const auto fit = static_cast<std::size_t>(std::max(1.0f, rect.h / height));
  for (std::size_t i = lines.size() > fit ? lines.size() - fit : 0; i < lines.size(); ++i)
    draw_sum(ui, rect.take_top(height), lines[i]);
}

// What is said of the test set, and what stands beside it to compare with.
struct Numbers {
  std::string value, unit, caption, baseline, against;
};

Numbers numbers_of(const Snapshot& s) {
  const auto per_cent = [](double share) { return number_text(100 * share, {.decimals = 1}); };
  if (!s.points->are_values())
    return {per_cent(s.score.share), "%", "correct", per_cent(s.score.by_chance), "by chance"};
  return {number_text(s.score.error), "", "typical error, R² " + number_text(s.score.explained, {.decimals = 2}),
          number_text(s.score.of_mean), "of the mean alone"};
}

void draw_numbers(Ui& ui, Rect rect, const Numbers& n) {
  const float line = ui.theme.line(Type::big) + ui.theme.line(Type::small) + ui.theme.u(3);
  big_number(ui, rect.take_top(line), n.value, n.unit, n.caption);
  big_number(ui, rect, n.baseline, n.unit, n.against, true);
}

void offer_numbers(Ui& ui, const Rect& heading, const Rect& rect, const Snapshot& s) {
  const Numbers n = numbers_of(s);
  offers(ui, heading, pointed_in(rect),
         {.name = "test set",
          .rect = rect,
          .csv =
              [&] {
                return "typical error,of the mean alone,R2\n" + to_text(s.score.error) + "," +
                       to_text(s.score.of_mean) + "," + to_text(s.score.explained) + "\n";
              },
          .draw =
              [&](Ui& page, const Rect& whole) {
                Rect inside = whole;
                plot_heading(page, inside.take_top(plot_heading_height(page)), "Test set");
                draw_numbers(page, inside, n);
              }});
}
}  // namespace

void Instruments::draw(Ui& ui, const Rect& rect, const Snapshot& s, UnitAt unit, Selection& points, const Post& post) {
  const Theme& theme = ui.theme;
  const float gap = gap_across(ui);
  Rect left = rect;
  const Instrument instrument = static_cast<const Settings*>(s.settings.get())->instrument;
  const UnitAt summed = unit.column > 0 ? unit : UnitAt{s.shape.layers(), 0};
  const std::vector<std::string> sums = arithmetic_of(s, summed);
  const float test_set = theme.u(look::kTestSet);
  const float most = left.w - test_set - 2 * gap - theme.u(look::kLeastLoss);
  float third = theme.u(instrument == Instrument::classes ? look::kClasses
                        : theme.compact()                 ? look::kThirdCompact
                                                          : look::kThird);
  if (!sums.empty()) third = std::max(third, std::min(theme.u(look::kSums), most));
  if (is_wide(instrument)) {  // it needs the room of both
    const float share = instrument == Instrument::runs ? look::kRunsShare : look::kCodeShare;
    const Rect wide = snap(left.take_right(std::max(third + gap + test_set, left.w * share)));
    if (instrument == Instrument::runs) runs_.draw(ui, wide, s, post);
    if (instrument == Instrument::code && s.code) draw_code(ui, wide, s, post);
    left.take_right(gap);
    return draw_loss(ui, snap(left), s, post);
  }
  if (third <= most) {
    const Rect place = snap(left.take_right(third));
    sums.empty() ? draw_third(ui, place, s, unit) : draw_sums(ui, place, s, summed, sums);
    left.take_right(gap);
  }
  draw_test_set(ui, snap(left.take_right(test_set)), s, points);
  left.take_right(gap);
  draw_loss(ui, snap(left), s, post);
}

void Instruments::draw_third(Ui& ui, const Rect& rect, const Snapshot& s, UnitAt unit) {
  if (static_cast<const Settings*>(s.settings.get())->instrument == Instrument::classes)
    return draw_classes(ui, rect, s, classes_);
  layers_.draw(ui, rect, s, unit);
}

void Instruments::draw_code(Ui& ui, const Rect& rect, const Snapshot& s, const Post& post) {
  const ForeignText address = write_text(s.settings.get());
  code_.draw(ui, rect, *control_table().find("view.language"), *s.code, post, &address);
}

// The penalty is drawn where there is one, and beside the run the one of the journal that is looked at.
void Instruments::draw_loss(Ui& ui, const Rect& rect, const Snapshot& s, const Post& post) {
  if (!s.curve) return;
  const bool shows_runs = static_cast<const Settings*>(s.settings.get())->instrument == Instrument::runs;
  const work::TriedRun* other = shows_runs ? runs_.compared(s) : nullptr;
  const std::vector<std::int64_t> steps = other ? steps_of_both(s.curve->steps, other->curve.steps) : s.curve->steps;
  std::vector<std::vector<float>> held;  // what the series below look at
  std::vector<Series> series;
  const auto add = [&](const work::Curve& curve, std::size_t i, std::string label, int category) {
    held.push_back(other ? values_at(steps, curve.steps, curve.series[i]) : curve.series[i]);
    series.push_back({.label = std::move(label), .values = held.back(), .category = category});
  };
  held.reserve(s.curve->series.size() + 2);
  for (std::size_t i = 0; i < s.curve->series.size(); ++i) {
    if (i < kLosses || std::ranges::any_of(s.curve->series[i], [](float v) { return std::isfinite(v); }))
      add(*s.curve, i, s.curve->names[i], static_cast<int>(i));
  }
  for (std::size_t i = 0; other && i < std::min(kLosses, other->curve.series.size()); ++i)
    add(other->curve, i, "run " + to_text(std::int64_t{other->number}) + " " + other->curve.names[i],
        kOtherRun + static_cast<int>(i));
  LinePlot plot{.heading = "Loss",
                .steps = steps,
                .series = series,
                .x_name = "epoch",
                .x_title = ui.theme.compact() ? "" : "epochs",
                .logarithmic = true};
  if (s.step < s.head) plot.playhead = static_cast<double>(s.step);
  if (line_plot(ui, "loss", rect, plot, loss_, brush_)) {
    post(work::command::Seek{static_cast<std::int64_t>(std::llround(brush_.x))});
  }
}

void Instruments::draw_test_set(Ui& ui, Rect rect, const Snapshot& s, Selection& points) {
  const Theme& theme = ui.theme;
  const Rect whole = rect;
  const float head = plot_heading_height(ui);
  const int classes = s.points->classes;
  const bool is_known = !std::isnan(s.test_loss);  // else nothing was answered yet, or nothing that is a number
  if (is_known && !s.points->are_values()) {
    const float least = theme.u(theme.compact() ? look::kConfusionCompact : look::kConfusion);
    const float cells = classes <= kLargeCells ? least + theme.u(4) * static_cast<float>(classes - 2)
                                               : std::max(least, theme.u(look::kConfusionMost));
    std::vector<std::string> names;
    for (int c = 0; c < classes; ++c) names.push_back(s.points->title_of(c));
    const TestItems items = test_items(s);
    const Confusion found{.heading = "Test set",
                          .classes = names,
                          .counts = s.score.confusion,
                          .truth = items.truth,
                          .answer = items.answer};
    Rect place = rect;
    place.h = std::min(place.h, confusion_height(ui, cells));
    const Rect drawn = confusion_cells(ui, place);
    confusion(ui, "confusion", place, found, confusion_, &points);
    rect.take_left(drawn.right() - rect.x + theme.u(6));
    rect.take_top(head);
  } else {
    const Rect free = plot_heading(ui, rect.take_top(head), "Test set");
    if (is_known) offer_numbers(ui, free, whole, s);
  }
  if (is_known) return draw_numbers(ui, rect, numbers_of(s));
  text(ui, rect.take_top(theme.line(Type::body)), "Not known.", {.colour = theme->ink2});
}

}  // namespace vitrine::views::playground
