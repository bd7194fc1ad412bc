// A row a class.
#include "views/playground/class_table.h"

#include <cmath>

#include "app/ui/number.h"
#include "app/ui/plot_axes.h"
#include "engine/core/number.h"

namespace vitrine::views::playground {

using namespace ui;

void draw_classes(Ui& ui, Rect rect, const Snapshot& s, TableState& state) {
  const Rect free = plot_heading(ui, rect.take_top(plot_heading_height(ui)), "Each class");
  const std::vector<ClassScore> scores = by_class(s.score.confusion);
  if (scores.empty() || std::isnan(s.test_loss)) {
    text(ui, rect.take_top(ui.theme.line(Type::body)), scores.empty() ? "Values have no classes." : "Not known.",
         {.colour = ui.theme->ink2});
    return;
  }
  const bool are_numbers = s.points->names.empty() && s.points->classes > 2;
  const TableColumn columns[] = {{.title = "class", .number = are_numbers, .share = 0.95f, .sorts = true},
                                 {.title = "precision", .share = 1.15f, .sorts = true},
                                 {.title = "recall", .share = 0.85f, .sorts = true},
                                 {.title = "F1", .share = 0.8f, .sorts = true}};
  std::vector<TableCell> cells;
  const auto share = [](double value) { return std::isnan(value) ? "–" : number_text(value, {.decimals = 3}); };
  for (std::size_t c = 0; c < scores.size(); ++c) {
    cells.push_back({s.points->name_of(static_cast<int>(c))});
    for (const double value : {scores[c].precision, scores[c].recall, scores[c].f1}) cells.push_back({share(value)});
  }
  table(ui, "classes", rect,
        {.columns = columns, .cells = cells, .can_choose = true, .scrolls = true, .heading_line = free}, state);
}

}  // namespace vitrine::views::playground
