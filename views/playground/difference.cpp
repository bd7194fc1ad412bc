// A map, and beside it the largest and the mean difference.
#include "views/playground/difference.h"

#include <algorithm>
#include <cmath>

#include "app/ui/read_out.h"
#include "engine/core/hash.h"
#include "views/playground/plane.h"

namespace vitrine::views::playground {

using namespace ui;

namespace {

// The value of a field at a place of a grid of another edge.
float at_place(const Field& field, int row, int column, int edge) {
  const int own = edge_of(field);
  const auto near = [&](int i) {
    return static_cast<int>(std::lround(static_cast<double>(i) * (own - 1) / (edge - 1)));
  };
  return field[static_cast<std::size_t>(near(row) * own + near(column))];
}

float difference_at(const std::vector<Field>& a, const std::vector<Field>& b, int row, int column, int edge) {
  if (a.size() == 1) return at_place(a[0], row, column, edge) - at_place(b[0], row, column, edge);
  float moved = 0;
  for (std::size_t output = 0; output < a.size(); ++output)
    moved += std::fabs(at_place(a[output], row, column, edge) - at_place(b[output], row, column, edge));
  return moved / 2;  // what one class gains another loses
}

}  // namespace

std::optional<Field> difference(const Snapshot& a, const Snapshot& b) {
  if (a.shape.answer != b.shape.answer || a.shape.outputs != b.shape.outputs) return std::nullopt;
  const auto &of_a = a.fields->layers.back(), &of_b = b.fields->layers.back();
  const int edge = std::min(edge_of(of_a.front()), edge_of(of_b.front()));
  Field all;
  for (int row = 0; row < edge; ++row)
    for (int column = 0; column < edge; ++column) all.push_back(difference_at(of_a, of_b, row, column, edge));
  return all;
}

void DifferenceView::draw(Ui& ui, Rect rect, const Snapshot& a, const Snapshot& b) {
  const Theme& theme = ui.theme;
  const Rect free = plot_heading(ui, rect.take_top(plot_heading_height(ui)), "A − B");
  const std::optional<Field> field = difference(a, b);
  if (!field) {
    paragraph(ui, rect, "They do not answer the same kind of question.", {.type = Type::small, .colour = theme->ink2});
    return;
  }
  float most = 0;
  double sum = 0;
  for (const float v : *field) {
    if (!std::isfinite(v)) continue;
    most = std::max(most, std::fabs(v));
    sum += static_cast<double>(std::fabs(v));
  }
  Hasher version;
  version.word(a.fields->version).word(b.fields->version).reals(*field);
  const int edge = edge_of(*field);
  const Rect square = snap(rect.take_left(rect.h));
  heat_map(ui, "difference", square,
           {.width = edge,
            .height = edge,
            .values = *field,
            .version = version.finish().low,
            .x = across(),
            .y = up(),
            .labels = false,
            .value_name = "A − B",
            .heading_line = free},
           state_);
  rect.take_left(theme.u(4));
  const float line = theme.line(Type::big) + theme.line(Type::small) + theme.u(1);
  big_number(ui, rect.take_top(line), number_text(static_cast<double>(most)), "", "at most");
  big_number(ui, rect, number_text(sum / static_cast<double>(field->size())), "", "on average", true);
}

}  // namespace vitrine::views::playground
