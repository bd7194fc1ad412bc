// Bars by layer, or a histogram of one layer's numbers.
#include "views/playground/layer_view.h"

#include <algorithm>
#include <cmath>

#include "engine/core/number.h"

namespace vitrine::views::playground {

using namespace ui;

namespace {

constexpr int kBins = 21;                    // odd, so that zero has one of its own
constexpr std::size_t kMostCounted = 65536;  // of a larger layer every so many-th number tells as much

std::string name_of_layer(const Snapshot& s, int layer) {
  return layer == s.shape.layers() ? "output" : "layer " + to_text(std::int64_t{layer});
}

void add_finite(std::vector<float>& numbers, const std::vector<float>& more) {
  const std::size_t stride = more.size() / kMostCounted + 1;
  for (std::size_t i = 0; i < more.size(); i += stride)
    if (std::isfinite(more[i])) numbers.push_back(more[i]);
}

}  // namespace

void LayerView::draw(Ui& ui, const Rect& rect, const Snapshot& s, UnitAt unit) {
  const Instrument instrument = static_cast<const Settings*>(s.settings.get())->instrument;
  if (instrument == Instrument::weights || instrument == Instrument::slopes)
    return draw_spread(ui, rect, s, instrument, unit.column);
  draw_bars(ui, rect, s, instrument);
}

void LayerView::draw_bars(Ui& ui, const Rect& rect, const Snapshot& s, Instrument instrument) {
  const bool units = instrument == Instrument::units;
  std::vector<Bar> all;
  for (int layer = 1; layer <= s.shape.layers() - (units ? 1 : 0); ++layer) {
    const auto at = static_cast<std::size_t>(layer) - 1;
    const std::string name = name_of_layer(s, layer);
    if (units) {
      const int still = s.fields->still[at], count = s.shape.units(layer);
      all.push_back({.label = name,
                     .value = static_cast<double>(still) / count,
                     .text = to_text(std::int64_t{still}) + " of " + to_text(std::int64_t{count})});
    } else {
      all.push_back({.label = name, .value = s.gradient_norms[at]});
    }
  }
  const std::size_t fit = bars_that_fit(ui, rect);
  if (all.size() > fit) all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(fit));
  bars(ui, units ? "still units" : "gradients", rect,
       {.heading = units ? "Still units" : "Gradients", .bars = all, .full = units ? 1.0 : 0.0}, bars_);
}

void LayerView::draw_spread(Ui& ui, const Rect& rect, const Snapshot& s, Instrument instrument, int layer) {
  const bool weights = instrument == Instrument::weights;
  const auto& of = weights ? s.weights : s.gradients;
  const bool one = layer >= 1 && layer <= s.shape.layers();
  std::vector<float> numbers;
  for (int each = 1; each <= s.shape.layers(); ++each)
    if (!one || each == layer) add_finite(numbers, of[static_cast<std::size_t>(each) - 1]);
  double most = 0;
  for (const float number : numbers) most = std::max(most, std::fabs(static_cast<double>(number)));
  if (most == 0) most = 1;
  const std::vector<float> counts = binned(numbers, -most, most, kBins);
  const HistogramSet set{.label = {}, .counts = counts};
  const std::string heading = std::string(weights ? "Weights" : "Slopes") + (one ? ", " + name_of_layer(s, layer) : "");
  histogram(ui, weights ? "weights" : "slopes", rect,
            {.heading = heading, .low = -most, .high = most, .sets = {&set, 1}, .x_name = weights ? "weight" : "slope"},
            spread_);
}

}  // namespace vitrine::views::playground
