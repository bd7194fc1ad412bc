// Each form is one widget that exists already; this prepares what it reads.
#include "app/ui/sample_view.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace vitrine::ui {
namespace {

constexpr std::size_t kMostColumns = 6;  // of a row: what can be read side by side
constexpr float kPictureEdge = 64;       // px at 100 %
constexpr float kPlotHeight = 90;        // units: curves that are drawn taller look steeper than they are
constexpr float kMargin = 0.05f;         // of the range of points, at each side

Image image_of(const Samples& samples, std::size_t item) {
  const std::size_t size = samples.rows * samples.columns * samples.channels;
  const float* values = samples.values.data() + item * size;
  Image image(static_cast<int>(samples.columns), static_cast<int>(samples.rows));
  for (std::size_t pixel = 0; pixel < samples.rows * samples.columns; ++pixel) {
    for (std::size_t channel = 0; channel < 3; ++channel) {
      const float value = values[pixel * samples.channels + std::min(channel, samples.channels - 1)];
      const float shown = std::isfinite(value) ? std::clamp(value, 0.0f, 1.0f) : 0;
      image.rgba[pixel * 4 + channel] = static_cast<std::uint8_t>(shown * 255 + 0.5f);
    }
    image.rgba[pixel * 4 + 3] = 255;
  }
  return image;
}

std::pair<double, double> range_of(const std::vector<float>& values) {
  float low = 0, high = 0;
  bool any = false;
  for (const float value : values) {
    if (!std::isfinite(value)) continue;
    low = any ? std::min(low, value) : value, high = any ? std::max(high, value) : value;
    any = true;
  }
  const double margin = high > low ? static_cast<double>(high - low) * static_cast<double>(kMargin) : 0.5;
  return {static_cast<double>(low) - margin, static_cast<double>(high) + margin};
}

}  // namespace

void SampleView::show(Samples samples) {
  samples_ = std::move(samples);
  ++version_;
  textures_.clear();
  grid_ = {}, plot_ = {}, scatter_ = {}, table_ = {}, selection_ = {}, brush_ = {};
  categories_.resize(samples_.size());
  for (std::size_t i = 0; i < samples_.size(); ++i) categories_[i] = category(i);
  switch (samples_.form) {
    case SampleForm::pictures:
      for (std::size_t i = 0; i < samples_.size(); ++i)
        textures_.push_back(
            {.key = "sample." + std::to_string(i),
             .version = version_,
             .filter = samples_.columns < static_cast<std::size_t>(kPictureEdge) ? Filter::nearest : Filter::linear,
             .image = image_of(samples_, i)});
      break;
    case SampleForm::curves:
      steps_.resize(samples_.rows * samples_.columns * samples_.channels);
      std::iota(steps_.begin(), steps_.end(), std::int64_t{0});
      break;
    case SampleForm::points: {
      x_.clear(), y_.clear();
      for (std::size_t i = 0; i < samples_.size(); ++i) {
        x_.push_back(samples_.values[2 * i]);
        y_.push_back(samples_.values[2 * i + 1]);
      }
      const auto [x_low, x_high] = range_of(x_);
      const auto [y_low, y_high] = range_of(y_);
      range_ = {x_low, x_high, y_low, y_high};
      break;
    }
    case SampleForm::rows:
      break;
  }
}

std::uint8_t SampleView::category(std::size_t i) const {
  const float label = samples_.labels[i];
  return samples_.classes.empty() || !(label >= 0 && label < 255) ? 0 : static_cast<std::uint8_t>(label);
}

std::string SampleView::label_text(std::size_t i) const {
  const std::size_t number = category(i);
  if (number < samples_.classes.size()) return samples_.classes[number];
  return number_text(static_cast<double>(samples_.labels[i]));
}

void SampleView::draw(Ui& ui, std::string_view id, const Rect& rect) {
  if (empty()) return;
  switch (samples_.form) {
    case SampleForm::pictures:
      return draw_pictures(ui, id, rect);
    case SampleForm::curves:
      return draw_curves(ui, id, rect);
    case SampleForm::points:
      return draw_points(ui, id, rect);
    case SampleForm::rows:
      return draw_rows(ui, id, rect);
  }
}

void SampleView::draw_pictures(Ui& ui, std::string_view id, const Rect& rect) {
  Rect body = rect;
  const Rect free = plot_heading(ui, body.take_top(plot_heading_height(ui)), samples_.heading);
  image_grid(ui, id, body,
             {.count = static_cast<std::int64_t>(textures_.size()),
              .edge = kPictureEdge,
              .picture = [this](std::int64_t i) { return &textures_[static_cast<std::size_t>(i)]; },
              .name = [this](std::int64_t i) { return label_text(static_cast<std::size_t>(i)); },
              .heading_line = free},
             grid_, selection_);
}

void SampleView::draw_curves(Ui& ui, std::string_view id, const Rect& rect) {
  const std::size_t length = steps_.size(), count = std::min(samples_.size(), kMostCurves);
  std::vector<std::string> names(count);
  std::vector<Series> curves;
  for (std::size_t i = 0; i < count; ++i) {
    names[i] = label_text(i);
    curves.push_back({.label = names[i],
                      .values = std::span(samples_.values).subspan(i * length, length),
                      .category = categories_[i],
                      .item = static_cast<std::int64_t>(i)});
  }
  Rect body = rect;
  line_plot(ui, id, body.take_top(std::min(rect.h, ui.theme.u(kPlotHeight))),
            {.heading = samples_.heading, .steps = steps_, .series = curves, .x_name = samples_.step_name}, plot_,
            brush_, &selection_);
}

void SampleView::draw_points(Ui& ui, std::string_view id, const Rect& rect) {
  scatter(ui, id, rect,
          {.heading = samples_.heading,
           .x = x_,
           .y = y_,
           .category = categories_,
           .category_names = samples_.classes,
           .range = range_},
          scatter_, selection_);
}

void SampleView::draw_rows(Ui& ui, std::string_view id, const Rect& rect) {
  const std::size_t width = samples_.rows * samples_.columns * samples_.channels;
  const std::size_t shown = std::min(width, kMostColumns);
  std::vector<TableColumn> columns;
  for (std::size_t c = 0; c < shown; ++c) columns.push_back({.title = std::to_string(c + 1)});
  columns.push_back({.title = "label", .number = samples_.classes.empty(), .share = 1.5f});
  Rect body = rect;
  const Rect free = plot_heading(ui, body.take_top(plot_heading_height(ui)), samples_.heading);
  const float room = body.h - table_height(ui, 0), each = table_height(ui, 1) - table_height(ui, 0);
  const std::size_t fit = room > 0 ? static_cast<std::size_t>(room / each) : 0;
  std::vector<TableCell> cells;
  for (std::size_t i = 0; i < std::min(fit, samples_.size()); ++i) {
    for (std::size_t c = 0; c < shown; ++c)
      cells.push_back({number_text(static_cast<double>(samples_.values[i * width + c]))});
    cells.push_back({label_text(i)});
  }
  table(ui, id, body, {.columns = columns, .cells = cells, .heading_line = free}, table_, &selection_);
}

}  // namespace vitrine::ui
