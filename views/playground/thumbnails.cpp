// A few points of each set, in the colours of their labels.
#include "views/playground/thumbnails.h"

#include <algorithm>

#include "app/ui/item.h"
#include "datasets/catalog.h"
#include "views/playground/plane.h"

namespace vitrine::views::playground {

using namespace ui;
using work::command::Set;

namespace {

namespace look {
constexpr float kThumbnail = 32, kDot = 2, kRadius = 6;  // px
constexpr float kLeastGap = 1.5f;                        // units
}  // namespace look

constexpr int kThumbnailPoints = 90;
constexpr int kMostInARow = 7;

void draw_dots(Ui& ui, const Rect& box, const datasets::DataSet& set, const std::vector<datasets::PlanePoint>& points) {
  const Theme& theme = ui.theme;
  const float dot = theme.px(look::kDot);
  const Plane plane{across(), up(), box.inset(theme.px(1))};
  for (const datasets::PlanePoint& p : points) {
    const Point at = plane.at(p.x, p.y);
    const Colour colour =
        set.classes > 2 ? theme.category(static_cast<int>(p.label)) : theme.diverging(static_cast<float>(p.label));
    fill(ui, {at.x - dot / 2, at.y - dot / 2, dot, dot}, colour);
  }
}

const char* task_of(const datasets::DataSet& set) {
  return set.classes == 0   ? "A value to predict."
         : set.classes == 2 ? "Two classes to tell apart."
                            : "Several classes.";
}

}  // namespace

float Thumbnails::draw(Ui& ui, const Rect& rect, const Settings& settings, const Post& post) {
  const Theme& theme = ui.theme;
  const auto sets = datasets::all_plane_sets();
  for (const datasets::DataSet& set : points_.empty() ? sets : sets.first(0)) {
    datasets::SeedRandom random("thumbnail");
    points_.push_back(set.generate(kThumbnailPoints, 0, random));
  }
  const auto count = static_cast<int>(sets.size());
  const int columns = std::min(count, kMostInARow), rows = (count + columns - 1) / columns;
  const float least = theme.u(look::kLeastGap);
  const float edge = snap(std::min(theme.px(look::kThumbnail),
                                   (rect.w - least * static_cast<float>(columns - 1)) / static_cast<float>(columns)));
  const float gap = (rect.w - edge * static_cast<float>(columns)) / static_cast<float>(columns - 1);
  const float pitch = edge + theme.u(theme.compact() ? 1.5f : 2);
  const HelpRow beside(ui, {rect.x, rect.y + theme.u(1), rect.w, pitch * static_cast<float>(rows)});
  for (int i = 0; i < count; ++i) {
    const datasets::DataSet& set = sets[static_cast<std::size_t>(i)];
    const Rect box = snap(Rect{rect.x + static_cast<float>(i % columns) * (edge + gap),
                               rect.y + theme.u(1) + static_cast<float>(i / columns) * pitch, edge, edge});
    const Help help{std::string(set.label), "", std::string(set.what) + " " + task_of(set), ""};
    const Item it = item(ui, std::string("set ") + std::string(set.id), box, {.help = &help});
    if (it.pressed && set.id != settings.set) post(Set{"data.set", std::string(set.id)});
    const float radius = theme.px(look::kRadius);
    fill(ui, box, theme->pane, radius);
    if (it.hovered) fill(ui, box, theme.overlay(Overlay::quiet), radius);
    draw_dots(ui, box, set, points_[static_cast<std::size_t>(i)]);
    if (set.id == settings.set) chosen_ring(ui, box, radius);
    if (it.focused) focus_ring(ui, box, radius);
  }
  return pitch * static_cast<float>(rows) + theme.u(theme.compact() ? 2 : 3);
}

}  // namespace vitrine::views::playground
