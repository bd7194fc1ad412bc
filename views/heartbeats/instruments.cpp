// Histogram, code and one of three comparisons side by side.
#include "views/heartbeats/instruments.h"

#include <algorithm>
#include <cmath>

#include "app/ui/button.h"
#include "engine/core/number.h"
#include "views/heartbeats/numbers.h"
#include "views/pane.h"

namespace vitrine::views::heartbeats {

using namespace ui;
using work::command::Set;

namespace {

constexpr int kBins = 40;
constexpr double kShown = 0.98;  // of the errors lie within the histogram; the few beyond stand in its last bar
namespace look {
constexpr float kThirdLeast = 56, kCodeShare = 0.3f;  // units; share of the width
constexpr float kWordGap = 4;                         // units
}  // namespace look

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

const Settings& settings_of(const Snapshot& s) {
  return *static_cast<const Settings*>(s.settings.get());
}

// Two numbers of every beat's code; with a code of one number, the error stands in for the second.
struct CodePicture {
  std::vector<float> x, y;
  Extent range;
  std::string title;
  std::optional<ScatterPlace> handle;  // the point of the code that is decoded
  std::size_t across = 0, up = 0, units = 0;
};
CodePicture code_picture(const Snapshot& s) {
  const std::size_t rows = s.beats->validation.count();
  CodePicture p;
  p.units = rows == 0 ? 0 : s.validation->rebuilt.codes.size() / rows;
  if (p.units == 0) return p;
  p.across = std::min(static_cast<std::size_t>(settings_of(s).across), p.units) - 1;
  p.up = std::min(static_cast<std::size_t>(settings_of(s).up), p.units) - 1;
  for (std::size_t i = 0; i < rows; ++i) {
    p.x.push_back(s.validation->rebuilt.codes[i * p.units + p.across]);
    p.y.push_back(p.units > 1 ? s.validation->rebuilt.codes[i * p.units + p.up] : s.validation->rebuilt.scores[i]);
  }
  const Interval across = range_of(p.x), up = range_of(p.y);
  p.range = {across.low, across.high, up.low, up.high};
  const auto number = [](std::size_t i) { return to_text(static_cast<std::int64_t>(i) + 1); };
  p.title = p.units == 1 ? "error upwards" : number(p.across) + ", " + number(p.up) + " upwards";
  if (settings_of(s).shows == Shows::point && s.probe && s.probe->code.size() == p.units) {
    const bool two = p.units > 1;
    p.handle = {static_cast<double>(s.probe->code[p.across]), two ? static_cast<double>(s.probe->code[p.up]) : up.low};
  }
  return p;
}

// Beside the title under the axis: which two numbers, and what the colours mean.
void draw_code_choices(Ui& ui, Rect rect, const Snapshot& s, const CodePicture& picture, const Post& post) {
  const Theme& theme = ui.theme;
  const Rect line = rect.take_bottom(theme.line(Type::small));
  const float baseline = baseline_in(ui, line, Type::small);
  float x = line.x;
  const float end = line.right() - text_width(ui, Type::small, picture.title);
  const auto word = [&](std::string_view id, std::string_view words) {
    const float width = plain_button_width(ui, words) + theme.u(look::kWordGap);
    if (x + width > end) return false;  // the palette has it as well
    const bool pressed = plain_button(ui, x, baseline, id, words, Weight::quiet);
    x += width;
    return pressed;
  };
  const std::size_t units = picture.units;
  const bool kinds = settings_of(s).colours == Colours::kind;
  if (word("code-colours", kinds ? "Verdicts" : "Kinds"))
    post(Set{"code.colours", std::string(kinds ? "verdict" : "kind")});
  if (units < 3 || !word("code-pair", "Turn")) return;
  // Every pair in turn: the one upwards goes on, and after the last the one across.
  std::size_t across = std::min(static_cast<std::size_t>(settings_of(s).across), units);
  std::size_t up = std::min(static_cast<std::size_t>(settings_of(s).up), units) + 1;
  if (up > units) across = across + 1 < units ? across + 1 : 1, up = across + 1;
  post(Set{"code.across", static_cast<std::int64_t>(across)});
  post(Set{"code.up", static_cast<std::int64_t>(up)});
}

// The point that is decoded with two of its numbers moved.
std::string moved_point(const Snapshot& s, const ScatterPlace& to) {
  const CodePicture picture = code_picture(s);
  std::vector<float> code = s.probe->code;
  code[picture.across] = static_cast<float>(to.x);
  if (picture.units > 1) code[picture.up] = static_cast<float>(to.y);
  return write_numbers(code);
}

void draw_areas(Ui& ui, const Rect& rect, const Snapshot& s, BarsState& state) {
  std::vector<Bar> all{{.label = "this model", .value = s.validation->area, .colour = ui.theme.category(0)}};
  for (const BaselineArea& each : *s.baselines) all.push_back({.label = each.label, .value = each.area});
  std::ranges::stable_sort(all, std::ranges::greater{}, &Bar::value);
  for (Bar& bar : all) {
    bar.text = number_text(bar.value, {.decimals = 3});
    bar.value = 2 * bar.value - 1;  // as far as it is above chance
  }
  const std::size_t fit = bars_that_fit(ui, rect);
  if (all.size() > fit) {  // this model is never left out
    std::erase_if(all, [&, left = all.size() - fit](const Bar& bar) mutable {
      if (left == 0 || bar.label == "this model") return false;
      return --left, true;
    });
  }
  bars(ui, "areas", rect, {.heading = "Area under ROC", .bars = all, .full = 1}, state);
}

}  // namespace

void Instruments::draw(Ui& ui, const Rect& rect, const Snapshot& s, const Post& post, Selection& selection) {
  const Theme& theme = ui.theme;
  const float gap = gap_across(ui);
  Rect left = rect;
  const float code = left.w * look::kCodeShare - gap;
  Rect right = snap(left.take_right(std::max(theme.u(look::kThirdLeast), code)));
  left.take_right(gap);
  draw_code(ui, snap(left.take_right(code)), s, post, selection);
  left.take_right(gap);
  draw_errors(ui, snap(left), s, post, selection);

  const std::string options[] = {"Areas", "ROC", "PR", "Verdicts"};
  segmented(ui, right.take_top(segmented_height(ui, false)),
            {.id = "third",
             .label = "",
             .help = {.name = "Compare",
                      .meaning = "Areas under the ROC curve, that curve, precision against recall, or who was right."}},
            third_, options);
  right.take_top(theme.u(2));
  if (third_ == 0) draw_areas(ui, right, s, areas_);
  if (third_ == 1) draw_rates(ui, right, s, Rates::roc, post, selection);
  if (third_ == 2) draw_rates(ui, right, s, Rates::precision_recall, post, selection);
  if (third_ == 3) draw_verdicts(ui, right, s, selection);
}

void Instruments::draw_errors(Ui& ui, const Rect& rect, const Snapshot& s, const Post& post, Selection& selection) {
  const double high = highest_shown(*s.validation);
  std::vector<float> of[2], shown = s.validation->rebuilt.scores;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    shown[i] = std::isfinite(shown[i]) ? std::min(shown[i], static_cast<float>(high)) : 0;
    of[s.beats->validation.anomalous[i]].push_back(shown[i]);
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
                                            .threshold = s.validation->threshold,
                                            .items = shown},
                                           errors_, &selection);
  if (events.threshold && events.edit != Edit::none) {
    const double wanted = std::clamp(*events.threshold, kLeastError, kMostError);
    post(Set{"threshold.above", wanted, events.edit == Edit::committed});
  }
}

void Instruments::draw_code(Ui& ui, const Rect& rect, const Snapshot& s, const Post& post, Selection& selection) {
  const CodePicture picture = code_picture(s);
  const bool kinds = settings_of(s).colours == Colours::kind;
  scatter(ui, "code", rect,
          {.heading = "Code",
           .x = picture.x,
           .y = picture.y,
           .category = kinds ? s.beats->validation.kinds : s.beats->validation.anomalous,
           .category_names = kinds ? std::span<const std::string>(s.beats->kinds) : kNames,
           .range = picture.range,
           .x_title = picture.title,
           .handle = picture.handle},
          code_, selection);
  draw_code_choices(ui, rect, s, picture, post);
  if (code_.moved) post(Set{"stage.point", moved_point(s, *code_.moved), code_.edit == Edit::committed});
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
