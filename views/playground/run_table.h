// What was tried in this sitting, as a table: a row each, sorted by any of its numbers. The row that is chosen stands
// beside the present run in the loss plot, and its settings can be taken up again.
#pragma once

#include "app/ui/selection.h"
#include "app/ui/table.h"
#include "app/work/run_journal.h"
#include "views/exhibit.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {

class RunTable {
 public:
  void draw(ui::Ui& ui, ui::Rect rect, const Snapshot& s, const Post& post);
  // The row that is pointed at, or else chosen; null when there is none, or it is the run that goes on.
  const work::TriedRun* compared(const Snapshot& s) const;

 private:
  ui::TableState state_;
  ui::Selection selection_;
};

// What differed from a fresh exhibit, by the words of the rows: "Learning rate 0.1, Points spiral".
std::string settings_in_words(const work::TriedRun& run);
// The steps of two curves in one row, and a curve's values there; no number outside of what it recorded.
std::vector<std::int64_t> steps_of_both(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b);
std::vector<float> values_at(const std::vector<std::int64_t>& at, const std::vector<std::int64_t>& steps,
                             const std::vector<float>& values);

}  // namespace vitrine::views::playground
