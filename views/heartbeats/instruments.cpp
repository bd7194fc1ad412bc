// Histogram, code and one of three comparisons side by side.
#include "views/heartbeats/instruments.h"

#include <algorithm>
#include <cmath>

#include "app/ui/rows.h"
#include "engine/core/number.h"
#include "views/pane.h"

namespace vitrine::views::heartbeats {

using namespace ui;
using work::command::Set;

namespace {

constexpr int kBins = 40;
constexpr double kDeepest = 1e-4;     // of the greatest error: what is less stands in the first bar
constexpr double kShallowest = 0.25;  // likewise: a shorter axis would part what is the same
constexpr double kRoundEnds[] = {1, 2, 5, 10};
namespace look {
constexpr float kThirdLeast = 60, kCodeShare = 0.3f;  // units; share of the width
constexpr float kSmallGap = 8;                        // units, between those two
constexpr float kAroundWord = 1.5f;                   // units, beside each of several choices in one line
constexpr float kRatesLeast = 46;                     // units, of each of two curves beside each other
}  // namespace look

const std::string kNames[] = {"normal", "anomaly"};

// A round number at or above, or at or below: so that the ends stay while the network learns.
double round_up(double value) {
  const double decade = std::pow(10.0, std::floor(std::log10(value)));
  for (const double end : kRoundEnds)
    if (end * decade >= value) return end * decade;
  return kRoundEnds[3] * decade;
}
double round_down(double value) {
  const double decade = std::pow(10.0, std::floor(std::log10(value)));
  double found = decade;
  for (const double end : kRoundEnds)
    if (end * decade <= value) found = end * decade;
  return found;
}

Axis error_axis(const Judged& judged) {
  double low = INFINITY, high = 0;
  const auto widen = [&](double value) {
    if (std::isfinite(value) && value > 0) low = std::min(low, value), high = std::max(high, value);
  };
  for (const float score : judged.rebuilt.scores) widen(static_cast<double>(score));
  widen(judged.threshold);
  if (high == 0) return {.low = kDeepest, .high = 1, .logarithmic = true};
  low = std::clamp(low, high * kDeepest, high * kShallowest);
  return {.low = round_down(low), .high = round_up(high * 1.0001), .logarithmic = true};
}

// Errors as the histogram can show them: none is left out, though a float may lie just outside of the end it is nearest
// to.
std::vector<float> errors_shown(const std::vector<float>& scores, const Axis& axis) {
  const float low = std::nextafter(static_cast<float>(axis.low), INFINITY);
  const float high = std::nextafter(static_cast<float>(axis.high), 0.0f);
  std::vector<float> shown;
  for (const float score : scores) shown.push_back(std::isfinite(score) ? std::clamp(score, low, high) : high);
  return shown;
}

void draw_areas(Ui& ui, const Rect& rect, const Snapshot& s, RankPlotState& state) {
  std::vector<Ranked> rows{{.label = "this model", .value = s.validation->area, .ours = true}};
  for (const BaselineArea& each : *s.baselines) rows.push_back({.label = each.label, .value = each.area});
  rank_plot(ui, "areas", rect,
            {.heading = "How good is good?", .rows = rows, .x_title = "area under ROC; chance is 0.50"}, state);
}

}  // namespace

void Instruments::draw(Ui& ui, const Rect& rect, const Snapshot& s, const Post& post, Selection& selection) {
  const Theme& theme = ui.theme;
  const float gap = gap_across(ui), line = segmented_height(ui, false);
  Rect left = rect;
  const float code = left.w * look::kCodeShare - gap, third = std::max(theme.u(look::kThirdLeast), code);
  const float small_gap = theme.u(look::kSmallGap);
  const bool beside = code + third + gap >= 2 * theme.u(look::kRatesLeast) + small_gap;  // both curves
  if (beside && third_ == Third::precision) third_ = Third::rates;
  Rect right = left.take_right(third);
  const bool wide = beside && third_ == Third::rates;  // they take the bottleneck's place as well
  if (wide) {
    right = {right.x - code - gap, right.y, right.w + code + gap, right.h};
    left.take_right(code + gap);
  }
  right = snap(right);
  Rect choices = right.take_bottom(line);
  if (wide) choices = choices.take_right(third);
  draw_thirds(ui, choices, beside);
  right.take_bottom(theme.u(1));
  draw_third(ui, right, s, post, selection, beside);
  left.take_right(gap);
  if (!wide) {
    Rect middle = snap(left.take_right(code));
    bottleneck_.draw_choices(ui, middle.take_bottom(line), s, post);
    middle.take_bottom(theme.u(1));
    bottleneck_.draw(ui, middle, s, post, selection);
    left.take_right(gap);
  }
  draw_mistakes(ui, left.take_bottom(line), s);
  left.take_bottom(theme.u(1));
  draw_errors(ui, snap(left), s, post, selection);
}

// Where both curves fit beside each other they are one choice.
void Instruments::draw_thirds(Ui& ui, const Rect& line, bool beside) {
  std::vector<std::string> names{"Areas", beside ? "Curves" : "ROC", "Verdicts", "Loss"};
  std::vector<Third> thirds{Third::areas, Third::rates, Third::verdicts, Third::loss};
  if (!beside) {
    names.insert(names.begin() + 2, "Recall");
    thirds.insert(thirds.begin() + 2, Third::precision);
  }
  int chosen = static_cast<int>(std::ranges::find(thirds, third_) - thirds.begin());
  const Row row{
      .id = "third",
      .label = "",
      .help = {.name = "Compare",
               .meaning = "Areas under the ROC curve, that curve and precision against recall, who was right, "
                          "or how the loss fell."}};
  float widest = 0;
  for (const std::string& name : names) widest = std::max(widest, text_width(ui, Type::small_value, name));
  if (static_cast<float>(names.size()) * (widest + ui.theme.u(look::kAroundWord)) <= line.w)
    segmented(ui, line, row, chosen, names);
  else
    choice_row(ui, line, row, chosen, names);
  third_ = thirds[static_cast<std::size_t>(chosen)];
}

void Instruments::draw_third(Ui& ui, const Rect& rect, const Snapshot& s, const Post& post, Selection& selection,
                             bool beside) {
  if (third_ == Third::areas) draw_areas(ui, rect, s, areas_);
  if (third_ == Third::verdicts) draw_verdicts(ui, rect, s, selection);
  if (third_ == Third::loss) loss_.draw(ui, rect, s, "epoch", post);
  if (third_ == Third::precision) draw_rates(ui, rect, s, Rates::precision_recall, post, selection);
  if (third_ != Third::rates) return;
  const float gap = ui.theme.u(look::kSmallGap);
  draw_rates(ui, beside ? snap(rect.column(0, 2, gap)) : rect, s, Rates::roc, post, selection);
  if (beside) draw_rates(ui, snap(rect.column(1, 2, gap)), s, Rates::precision_recall, post, selection);
}

// Which mistakes the threshold makes, in words: accuracy alone says nothing of them.
void Instruments::draw_mistakes(Ui& ui, const Rect& line, const Snapshot& s) {
  const datasets::Verdicts& v = s.validation->verdicts;
  const std::string words = to_text(v.false_alarms) + " of " + to_text(v.false_alarms + v.passes) +
                            " normal flagged, " + to_text(v.misses) + " of " + to_text(v.misses + v.hits) +
                            " anomalies missed";
  text(ui, line, words, {.type = Type::small, .colour = ui.theme->ink3, .may_cut = true});
}

void Instruments::draw_errors(Ui& ui, const Rect& rect, const Snapshot& s, const Post& post, Selection& selection) {
  const Axis axis = error_axis(*s.validation);
  const std::vector<float> shown = errors_shown(s.validation->rebuilt.scores, axis);
  std::vector<float> of[2];
  for (std::size_t i = 0; i < shown.size(); ++i) of[s.beats->validation.anomalous[i]].push_back(shown[i]);
  const std::vector<float> counts[] = {binned(of[0], axis, kBins), binned(of[1], axis, kBins)};
  const HistogramSet sets[] = {{.label = kNames[0], .counts = counts[0]},
                               {.label = kNames[1], .counts = counts[1], .category = 1}};
  const HistogramEvents events = histogram(ui, "errors", rect,
                                           {.heading = "Error of each beat",
                                            .low = axis.low,
                                            .high = axis.high,
                                            .logarithmic = true,
                                            .all_bars = true,
                                            .sets = sets,
                                            .x_name = "error",
                                            .x_title = "mean squared error",
                                            .threshold = s.validation->threshold,
                                            .items = shown},
                                           errors_, &selection);
  if (events.threshold && events.edit != Edit::none) {
    const double wanted = std::clamp(*events.threshold, kLeastError, kMostError);
    post(Set{"threshold.above", wanted, events.edit == Edit::committed});
  }
}

// A click takes the beat that the point of the curve stands for, and flags it with all that are stranger.
void Instruments::draw_rates(Ui& ui, const Rect& rect, const Snapshot& s, Rates rates, const Post& post,
                             Selection& selection) {
  const auto& scores = s.validation->rebuilt.scores;
  const RateCurve curve = rate_curve(scores, s.beats->validation.anomalous, rates);
  const RateSeries series[] = {{.label = "this model", .curve = &curve}};
  const bool roc = rates == Rates::roc;
  const RateEvents events = rate_plot(ui, roc ? "roc" : "precision", rect,
                                      {.heading = roc ? "ROC" : "Precision and recall",
                                       .rates = rates,
                                       .series = series,
                                       .threshold = s.validation->threshold,
                                       .scores = scores},
                                      roc ? roc_ : precision_, &selection);
  if (events.edit == Edit::none || !std::isfinite(events.threshold)) return;
  const auto below = static_cast<double>(std::nextafter(events.threshold, 0.0f));
  post(Set{"threshold.above", std::clamp(below, kLeastError, kMostError), events.edit == Edit::committed});
  const auto beat = std::ranges::find(scores, events.threshold);
  if (beat != scores.end()) selection.chosen = beat - scores.begin();
}

void Instruments::draw_verdicts(Ui& ui, const Rect& rect, const Snapshot& s, Selection& selection) {
  const datasets::Verdicts& v = s.validation->verdicts;
  const std::int64_t counts[] = {v.passes, v.false_alarms, v.misses, v.hits};
  const auto& scores = s.validation->rebuilt.scores;
  std::vector<std::uint8_t> flagged(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) flagged[i] = static_cast<double>(scores[i]) > s.validation->threshold;
  confusion(ui, "verdicts", rect,
            {.heading = "Verdicts",
             .classes = kNames,
             .counts = counts,
             .truth = s.beats->validation.anomalous,
             .answer = flagged},
            verdicts_, &selection);
}

}  // namespace vitrine::views::heartbeats
