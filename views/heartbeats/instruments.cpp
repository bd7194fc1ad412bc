// Histogram, code and one of three comparisons side by side.
#include "views/heartbeats/instruments.h"

#include <algorithm>
#include <cmath>

#include "app/ui/bars.h"
#include "engine/core/number.h"
#include "views/pane.h"

namespace vitrine::views::heartbeats {

using namespace ui;
using work::command::Set;

namespace {

constexpr int kBins = 40;
constexpr ImGuiID kErrorsId = 1;  // who points, among the instruments of this view
constexpr double kShown = 0.98;   // of the errors lie within the histogram; the few beyond stand in its last bar
namespace look {
constexpr float kThirdLeast = 56, kCodeShare = 0.3f;  // units; share of the width
}

const std::string kNames[] = {"normal", "anomaly"};

double highest_shown(const Judged& judged) {
  std::vector<float> sorted = judged.rebuilt.scores;
  std::erase_if(sorted, [](float score) { return !std::isfinite(score); });
  std::ranges::sort(sorted);
  double most =
      sorted.empty()
          ? 1
          : static_cast<double>(sorted[static_cast<std::size_t>(kShown * static_cast<double>(sorted.size() - 1))]);
  if (std::isfinite(judged.threshold)) most = std::max(most, judged.threshold);
  return most > 0 ? most * 1.05 : 1;
}

struct Interval {
  double low = -1, high = 1;
};
Interval range_of(const std::vector<float>& values) {
  float low = 0, high = 0;
  bool any = false;
  for (const float value : values) {
    if (!std::isfinite(value)) continue;
    low = any ? std::min(low, value) : value, high = any ? std::max(high, value) : value;
    any = true;
  }
  const double margin = std::max(1e-3, 0.05 * static_cast<double>(high - low));
  return {static_cast<double>(low) - margin, static_cast<double>(high) + margin};
}

// The beat whose error is nearest to the middle of a bar.
std::int64_t beat_in_bin(const std::vector<float>& scores, int bin, double high) {
  const double middle = (bin + 0.5) * high / kBins;
  std::int64_t best = Selection::kNone;
  double least = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const double away = std::fabs(static_cast<double>(scores[i]) - middle);
    if (best == Selection::kNone || away < least) best = static_cast<std::int64_t>(i), least = away;
  }
  return best;
}

void draw_areas(Ui& ui, const Rect& rect, const Snapshot& s) {
  std::vector<Bar> all{{.label = "this model", .value = s.validation->area, .colour = ui.theme.category(0)}};
  for (const BaselineArea& each : *s.baselines) all.push_back({.label = each.label, .value = each.area});
  std::ranges::stable_sort(all, std::ranges::greater{}, &Bar::value);
  for (Bar& bar : all) {
    bar.text = number_text(bar.value, {.decimals = 3});
    bar.value = 2 * bar.value - 1;  // as far as it is above chance
  }
  const auto fit = static_cast<std::size_t>(rect.h / std::max(1.0f, bars_height(ui, 1)));
  if (all.size() > fit) {  // this model is never left out
    std::erase_if(all, [&, left = all.size() - fit](const Bar& bar) mutable {
      if (left == 0 || bar.label == "this model") return false;
      return --left, true;
    });
  }
  bars(ui, rect, all, 1);
}

}  // namespace

void Instruments::draw(Ui& ui, const Rect& rect, const Snapshot& s, const Post& post, Selection& selection) {
  const Theme& theme = ui.theme;
  const float gap = gap_across(ui);
  Rect left = rect;
  const float code = left.w * look::kCodeShare - gap;
  Rect right = snap(left.take_right(std::max(theme.u(look::kThirdLeast), code)));
  left.take_right(gap);
  draw_code(ui, snap(left.take_right(code)), s, selection);
  left.take_right(gap);
  draw_errors(ui, snap(left), s, post, selection);

  const std::string options[] = {"Areas", "Rates", "Verdicts"};
  segmented(ui, right.take_top(segmented_height(ui, false)),
            {.id = "third",
             .label = "",
             .help = {.name = "Compare",
                      .meaning = "Areas under the ROC curve, the curve "
                                 "itself, or who was right."}},
            third_, options);
  right.take_top(theme.u(2));
  if (third_ == 0) draw_areas(ui, right, s);
  if (third_ == 1) draw_rates(ui, right, s, post);
  if (third_ == 2) draw_verdicts(ui, right, s);
}

void Instruments::draw_errors(Ui& ui, const Rect& rect, const Snapshot& s, const Post& post, Selection& selection) {
  const double high = highest_shown(*s.validation);
  std::vector<float> of[2];
  const auto& scores = s.validation->rebuilt.scores;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const float shown = std::isfinite(scores[i]) ? std::min(scores[i], static_cast<float>(high)) : 0;
    of[s.beats->validation.anomalous[i]].push_back(shown);
  }
  const std::vector<float> counts[] = {binned(of[0], 0, high, kBins), binned(of[1], 0, high, kBins)};
  const HistogramSet sets[] = {{.label = kNames[0], .counts = counts[0]},
                               {.label = kNames[1], .counts = counts[1], .category = 1}};
  const HistogramEvents events = histogram(ui, "errors", rect,
                                           {.heading = "Error of each beat",
                                            .low = 0,
                                            .high = high,
                                            .sets = sets,
                                            .x_name = "error",
                                            .x_title = "squared error",
                                            .threshold = s.validation->threshold},
                                           errors_);
  selection.point(kErrorsId, events.bin < 0 ? Selection::kNone : beat_in_bin(scores, events.bin, high));
  if (events.threshold && events.edit != Edit::none) {
    const double wanted = std::clamp(*events.threshold, kLeastError, kMostError);
    post(Set{"threshold.above", wanted, events.edit == Edit::committed});
  }
}

void Instruments::draw_code(Ui& ui, const Rect& rect, const Snapshot& s, Selection& selection) {
  const std::size_t rows = s.beats->validation.count(),
                    units = rows == 0 ? 0 : s.validation->rebuilt.codes.size() / rows;
  std::vector<float> x(rows), y(rows);
  for (std::size_t i = 0; i < rows && units > 0; ++i) {
    x[i] = s.validation->rebuilt.codes[i * units];
    y[i] = units > 1 ? s.validation->rebuilt.codes[i * units + 1] : s.validation->rebuilt.scores[i];
  }
  const Interval across = range_of(x), up = range_of(y);
  scatter(ui, "code", rect,
          {.heading = "Code",
           .x = x,
           .y = y,
           .category = s.beats->validation.anomalous,
           .category_names = kNames,
           .range = {across.low, across.high, up.low, up.high},
           .x_title = units > 1 ? "unit 1, 2 upwards" : "the unit, error upwards"},
          code_, selection);
}

void Instruments::draw_rates(Ui& ui, const Rect& rect, const Snapshot& s, const Post& post) {
  const RateCurve curve = rate_curve(s.validation->rebuilt.scores, s.beats->validation.anomalous, Rates::roc);
  const RateSeries series[] = {{.label = "this model", .curve = &curve}};
  const RateEvents events = rate_plot(ui, "rates", rect, {.heading = "ROC", .series = series}, rates_);
  if (events.chosen && std::isfinite(events.threshold)) {
    post(Set{"threshold.above", std::clamp(static_cast<double>(events.threshold), kLeastError, kMostError)});
  }
}

void Instruments::draw_verdicts(Ui& ui, const Rect& rect, const Snapshot& s) {
  const datasets::Verdicts& v = s.validation->verdicts;
  const std::int64_t counts[] = {v.passes, v.false_alarms, v.misses, v.hits};
  confusion(ui, "verdicts", rect, {.heading = "", .classes = kNames, .counts = counts}, verdicts_);
}

}  // namespace vitrine::views::heartbeats
