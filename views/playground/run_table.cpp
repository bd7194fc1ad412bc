// Rows of the journal, the newest on top.
#include "views/playground/run_table.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "app/ui/button.h"
#include "app/ui/controls.h"
#include "app/ui/number.h"
#include "app/ui/plot_axes.h"
#include "engine/core/number.h"
#include "views/playground/controls.h"

namespace vitrine::views::playground {

using namespace ui;
using work::TriedRun;

namespace {

constexpr std::size_t kTrain = 0, kTest = 1;  // of the session's curves

std::string cell(double value, int decimals) {
  return std::isfinite(value) ? number_text(value, {.decimals = decimals}) : "–";
}
std::string loss_cell(const std::vector<float>& values, std::size_t curve) {
  return curve < values.size() && std::isfinite(values[curve]) ? number_text(static_cast<double>(values[curve])) : "–";
}

// A column of where runs began only where one began late.
std::vector<TableColumn> columns_for(std::string_view result, bool late) {
  std::vector<TableColumn> columns{{.title = "run", .share = 0.4f, .sorts = true}};
  const auto add = [&](std::string_view title, float share) {
    columns.push_back({.title = std::string(title), .share = share, .sorts = true});
  };
  if (late) add("from", 0.65f);
  add("epochs", 0.8f);
  for (const char* loss : {"train", "test", "best test"}) add(loss, 1.1f);
  add(result, 0.95f);
  add("seconds", 0.9f);
  columns.push_back({.title = "settings", .number = false, .share = 1.9f, .sorts = true});
  return columns;
}

// A run of values has no accuracy, one of classes no R².
std::string result_cell(const TriedRun& run, std::string_view caption) {
  const auto found = std::ranges::find(run.results, caption, &work::ReadOut::caption);
  return found == run.results.end() ? "–" : cell(found->value, found->unit == "%" ? 1 : 3);
}

void add_row(std::vector<TableCell>& cells, const TriedRun& run, std::string_view result, bool late) {
  cells.push_back({to_text(std::int64_t{run.number})});
  if (late) cells.push_back({to_text(run.from)});
  for (std::string words :
       {to_text(run.to - run.from), loss_cell(run.last, kTrain), loss_cell(run.last, kTest), loss_cell(run.best, kTest),
        result_cell(run, result), run.seconds > 0 ? cell(run.seconds, 2) : std::string("–"), settings_in_words(run)})
    cells.push_back({std::move(words)});
}

}  // namespace

std::string settings_in_words(const TriedRun& run) {
  std::string words;
  for (const auto& [path, value] : run.settings) {
    const work::Control* row = control_table().find(path);
    if (!words.empty()) words += ", ";
    words += row ? row->words.label + " " + words_of(*row, value) : path;
  }
  for (const std::string& path : run.left_out) {
    const work::Control* row = control_table().find(path);
    words += (words.empty() ? "" : ", ") + (row ? row->words.label : path) + " (too long to keep)";
  }
  return words.empty() ? "as it opens" : words;
}

std::vector<std::int64_t> steps_of_both(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b) {
  std::vector<std::int64_t> both;
  std::ranges::set_union(a, b, std::back_inserter(both));
  return both;
}

std::vector<float> values_at(const std::vector<std::int64_t>& at, const std::vector<std::int64_t>& steps,
                             const std::vector<float>& values) {
  std::vector<float> found;
  for (const std::int64_t step : at) {
    const auto after = std::ranges::lower_bound(steps, step);
    const auto i = static_cast<std::size_t>(after - steps.begin());
    if (after == steps.end() || (i == 0 && *after != step)) {
      found.push_back(std::nanf(""));
    } else if (*after == step) {
      found.push_back(values[i]);
    } else {
      const auto share =
          static_cast<float>(static_cast<double>(step - steps[i - 1]) / static_cast<double>(steps[i] - steps[i - 1]));
      found.push_back(values[i - 1] + share * (values[i] - values[i - 1]));
    }
  }
  return found;
}

const TriedRun* RunTable::compared(const Snapshot& s) const {
  const std::int64_t number = selection_.hovered != Selection::kNone ? selection_.hovered : selection_.chosen;
  for (const auto& run : s.journal) {
    const bool goes_on = run == s.journal.back() && run->to == s.head;  // its curve is there already
    if (run->number == number && !goes_on) return run.get();
  }
  return nullptr;
}

void RunTable::draw(Ui& ui, Rect rect, const Snapshot& s, const Post& post) {
  const Theme& theme = ui.theme;
  Rect free = plot_heading(ui, rect.take_top(plot_heading_height(ui)), "Runs");
  if (s.journal.empty()) {
    text(ui, rect.take_top(theme.line(Type::body)), "None yet. What is trained here gets a row.",
         {.colour = theme->ink2});
    return;
  }
  const std::string_view result = s.points->are_values() ? "R²" : "accuracy";
  const bool late = std::ranges::any_of(s.journal, [](const auto& run) { return run->from > 0; });
  std::vector<TableCell> cells;
  std::vector<std::int64_t> items;
  for (auto run = s.journal.rbegin(); run != s.journal.rend(); ++run) {
    add_row(cells, **run, result, late);
    items.push_back((*run)->number);
  }
  const auto chosen = std::ranges::find(s.journal, selection_.chosen, [](const auto& run) { return run->number; });
  if (chosen != s.journal.end()) {
    constexpr std::string_view kTake = "Take its settings";
    const float width = plain_button_width(ui, kTake);
    const Rect at = free.take_right(width);
    if (plain_button(ui, at.x, baseline_in(ui, at, Type::section), "take settings", kTake, Weight::strong))
      post(work::command::Recall{(*chosen)->number});
    Rect foot = rect.take_bottom(theme.line(Type::small) + theme.u(1));
    text(ui, foot.take_bottom(theme.line(Type::small)),
         "Run " + to_text(selection_.chosen) + ": " + settings_in_words(**chosen),
         {.type = Type::small, .colour = theme->ink2, .may_cut = true});
  }
  const std::vector<TableColumn> columns = columns_for(result, late);
  table(ui, "runs", rect, {.columns = columns, .cells = cells, .scrolls = true, .items = items, .heading_line = free},
        state_, &selection_);
}

}  // namespace vitrine::views::playground
