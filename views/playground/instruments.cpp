// Loss, test set and gradients side by side; the third folds first.
#include "views/playground/instruments.h"

#include <algorithm>
#include <cmath>

#include "app/ui/read_out.h"
#include "engine/core/number.h"
#include "views/pane.h"
#include "views/playground/address.h"
#include "views/playground/arithmetic.h"
#include "views/playground/controls.h"
#include "views/playground/field_marks.h"

namespace vitrine::views::playground {

using namespace ui;

namespace {
namespace look {
constexpr float kTestSet = 62, kGradients = 46, kGradientsCompact = 40;  // units of width
constexpr float kCodeShare = 0.55f;                                      // of the width
constexpr float kLeastLoss = 70;                                         // units; below, the gradients fold
constexpr float kConfusion = 27, kConfusionCompact = 21;                 // units, the edge of the four cells
}  // namespace look

constexpr int kMostClasses = 4;  // whose confusion can still be read

// As many lines as fit, the last ones of a long sum: there the result stands.
void draw_sums(Ui& ui, Rect rect, const Snapshot& s, UnitAt unit, const std::vector<std::string>& lines) {
  const bool output = unit.column < 1 || unit.column >= s.shape.layers();
  plot_heading(ui, rect.take_top(plot_heading_height(ui)),
               output
                   ? "Output, first point"
                   : "Layer " + to_text(std::int64_t{unit.column}) + ", unit " + to_text(std::int64_t{unit.unit} + 1));
  const float height = ui.theme.line(Type::small);
  const auto fit = static_cast<std::size_t>(std::max(1.0f, rect.h / height));
  for (std::size_t i = lines.size() > fit ? lines.size() - fit : 0; i < lines.size(); ++i) {
    text(ui, rect.take_top(height), lines[i], {.type = Type::small, .colour = ui.theme->ink2, .may_cut = true});
  }
}
}  // namespace

void Instruments::draw(Ui& ui, const Rect& rect, const Snapshot& s, UnitAt unit, Selection& points, const Post& post) {
  const Theme& theme = ui.theme;
  const float gap = gap_across(ui);
  Rect left = rect;
  const float gradients = theme.u(theme.compact() ? look::kGradientsCompact : look::kGradients);
  const float test_set = theme.u(look::kTestSet);
  if (s.code) {  // it needs the room of both
    const float code = std::max(gradients + gap + test_set, left.w * look::kCodeShare);
    const auto& settings = *static_cast<const Settings*>(s.settings.get());
    const ProgramAddress address{"Address", "Copies an address of the published playground with the same experiment.",
                                 address_of(settings), why_no_address(settings)};
    code_.draw(ui, snap(left.take_right(code)), *control_table().find("view.language"), *s.code, post, &address);
    left.take_right(gap);
    return draw_loss(ui, snap(left), s, post);
  }
  if (left.w - gradients - test_set - 2 * gap >= theme.u(look::kLeastLoss)) {
    const std::vector<std::string> sums = arithmetic_of(s, unit.column > 0 ? unit : UnitAt{s.shape.layers(), 0});
    const Rect third = snap(left.take_right(gradients));
    if (sums.empty()) {
      layers_.draw(ui, third, s, unit);
    } else {
      draw_sums(ui, third, s, unit, sums);
    }
    left.take_right(gap);
  }
  draw_test_set(ui, snap(left.take_right(test_set)), s, points);
  left.take_right(gap);
  draw_loss(ui, snap(left), s, post);
}

void Instruments::draw_loss(Ui& ui, const Rect& rect, const Snapshot& s, const Post& post) {
  if (!s.curve) return;
  std::vector<Series> series;
  for (std::size_t i = 0; i < s.curve->series.size(); ++i) {
    series.push_back({.label = s.curve->names[i], .values = s.curve->series[i], .category = static_cast<int>(i)});
  }
  LinePlot plot{.heading = "Loss",
                .steps = s.curve->steps,
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
  const float head = plot_heading_height(ui);
  if (std::isnan(s.test_loss)) {  // nothing was answered yet, or nothing that is a number
    plot_heading(ui, rect.take_top(head), "Test set");
    text(ui, rect.take_top(theme.line(Type::body)), "Not known.", {.colour = theme->ink2});
    return;
  }
  const float line = theme.line(Type::big) + theme.line(Type::small) + theme.u(3);
  const auto per_cent = [](double share) { return number_text(100 * share, {.decimals = 1}); };
  if (s.points->are_values()) {
    plot_heading(ui, rect.take_top(head), "Test set");
    big_number(ui, rect.take_top(line), number_text(s.score.error), "",
               "typical error, R² " + number_text(s.score.explained, {.decimals = 2}));
    big_number(ui, rect, number_text(s.score.of_mean), "", "of the mean alone", true);
    return;
  }
  const int classes = s.points->classes;
  if (classes <= kMostClasses) {
    const float cells = theme.u(theme.compact() ? look::kConfusionCompact : look::kConfusion) +
                        theme.u(4) * static_cast<float>(classes - 2);
    std::vector<std::string> names;
    for (int i = 1; i <= classes; ++i) names.push_back("class " + to_text(std::int64_t{i}));
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
    plot_heading(ui, rect.take_top(head), "Test set");
  }
  big_number(ui, rect.take_top(line), per_cent(s.score.share), "%", "correct");
  big_number(ui, rect, per_cent(s.score.by_chance), "%", "by chance", true);
}

}  // namespace vitrine::views::playground
