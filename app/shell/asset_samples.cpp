// As many items as there is room for, spread over the whole set.
#include "app/shell/asset_samples.h"

#include <utility>

#include "app/ui/number.h"
#include "datasets/preview.h"

namespace vitrine::shell {

using namespace ui;

namespace {

constexpr std::size_t kPicturesShown = 60;  // what the preview has room for on a large window
constexpr std::size_t kPointsShown = 500;

std::size_t most_shown(datasets::ItemKind kind) {
  switch (kind) {
    case datasets::ItemKind::picture:
      return kPicturesShown;
    case datasets::ItemKind::series:
      return kMostCurves;
    case datasets::ItemKind::point:
      break;
  }
  return kPointsShown;
}

SampleForm form_of(datasets::PreviewForm form) {
  switch (form) {
    case datasets::PreviewForm::pictures:
      return SampleForm::pictures;
    case datasets::PreviewForm::curves:
      return SampleForm::curves;
    case datasets::PreviewForm::points:
      return SampleForm::points;
    case datasets::PreviewForm::table:
      break;
  }
  return SampleForm::rows;
}

std::string number_of(std::size_t items) {
  return number_text(static_cast<double>(items), {.decimals = 0});
}

}  // namespace

Samples samples_of(const datasets::Dataset& data) {
  datasets::Preview shown = datasets::preview(data, most_shown(data.info().kind));
  const std::string all = number_of(shown.of) + (shown.of == 1 ? " item" : " items");
  return {.form = form_of(shown.form),
          .heading = shown.items.size() < shown.of ? number_of(shown.items.size()) + " of " + all : all,
          .step_name = shown.info.step_unit.empty() ? "number" : shown.info.step_unit,
          .rows = shown.info.shape.rows,
          .columns = shown.info.shape.columns,
          .channels = shown.info.shape.channels,
          .values = std::move(shown.values),
          .labels = std::move(shown.labels),
          .classes = std::move(shown.info.classes)};
}

}  // namespace vitrine::shell
