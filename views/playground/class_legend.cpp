// Keys in columns, so that those of two rows stand below each other.
#include "views/playground/class_legend.h"

#include <algorithm>

#include "app/ui/plot_axes.h"

namespace vitrine::views::playground {

using namespace ui;

namespace {
namespace look {
constexpr float kBetween = 3;  // units, from a name to the next mark
constexpr float kMark = 2, kGap = 2;
}  // namespace look
constexpr std::size_t kMostInRow = 5;
}  // namespace

ClassLegend::ClassLegend(const Ui& ui, const Snapshot& s, std::string_view heading, float width) {
  const int classes = s.points->classes, told = std::min(classes, kCategories);
  for (int c = 0; c < told; ++c) {
    keys_.push_back({.label = s.points->name_of(c), .category = c, .points = true});
  }
  if (classes > told) {  // they look alike
    const bool is_one = classes == told + 1;
    keys_.push_back({.label = is_one ? s.points->name_of(told) : "others", .category = told, .points = true});
  }
  if (static_cast<const Settings*>(s.settings.get())->test && !ui.theme.compact()) {
    keys_.push_back({.label = "test", .category = 7, .points = true, .colour = ui.theme->ink2});
  }
  if (classes > 0 && !legend_fits(ui, width, heading, keys_)) rows_ = keys_.size() > kMostInRow ? 2 : 1;
}

std::span<const LegendKey> ClassLegend::on_heading() const {
  return rows_ == 0 ? std::span<const LegendKey>(keys_) : std::span<const LegendKey>();
}

float ClassLegend::height(const Ui& ui) const {
  return static_cast<float>(rows_) * ui.theme.line(Type::small);
}

void ClassLegend::draw(Ui& ui, Rect rect) const {
  if (rows_ == 0) return;
  const Theme& theme = ui.theme;
  const int columns = (static_cast<int>(keys_.size()) + rows_ - 1) / rows_;
  const float between = theme.u(look::kBetween), mark = theme.u(look::kMark);
  Rect row;
  for (int i = 0; i < static_cast<int>(keys_.size()); ++i) {
    const LegendKey& key = keys_[static_cast<std::size_t>(i)];
    if (i % columns == 0) row = rect.take_top(theme.line(Type::small));
    Rect place = row.column(i % columns, columns, between);
    const Rect at = place.take_left(mark);
    shape(ui, key.category, {at.middle_x(), at.middle_y()}, theme.mark(measure::point),
          key.colour ? key.colour : theme.category(key.category));
    place.take_left(theme.u(look::kGap));
    text(ui, place, key.label, {.type = Type::small, .colour = theme->ink2, .may_cut = true});
  }
}

}  // namespace vitrine::views::playground
