// Two columns, and the button that starts.
#include "views/heartbeats/timing_pane.h"

#include <algorithm>

#include "app/ui/button.h"
#include "app/ui/read_out.h"
#include "engine/core/number.h"
#include "views/pane.h"

namespace vitrine::views::heartbeats {

using namespace ui;

namespace {

constexpr int kTimeBins = 20;

std::string thousands(int count) {
  return number_text(static_cast<double>(count), {.decimals = 0});
}

void draw_runs(Ui& ui, Rect rect, std::string_view id, const std::string& what, const std::vector<float>& runs,
               HistogramState& state) {
  std::vector<float> sorted = runs;
  std::ranges::sort(sorted);
  const auto middle = static_cast<double>(sorted[sorted.size() / 2]);
  const std::string caption = what + ", the middle of " + thousands(static_cast<int>(runs.size())) + " runs";
  rect.take_top(big_number(ui, rect, number_text(middle), "ms", caption) + ui.theme.u(4));
  const double low = 0.95 * static_cast<double>(sorted.front()), high = 1.05 * static_cast<double>(sorted.back());
  const std::vector<float> counts = binned(sorted, low, high, kTimeBins);
  const HistogramSet sets[] = {{.label = "runs", .counts = counts}};
  histogram(ui, id, rect, {.heading = "Runs", .low = low, .high = high, .sets = sets, .x_name = "ms", .x_title = "ms"},
            state);
}

}  // namespace

void TimingPane::draw(Ui& ui, Rect rect, const Snapshot& s, const Post& post) {
  const Theme& theme = ui.theme;
  const std::string_view words = s.timing ? "Once more" : "Time it here";
  Rect line = rect.take_top(theme.px(measure::segmented_height));
  const bool asked = button(ui, line.take_left(button_width(ui, words)), "time", words);
  rect.take_top(theme.u(4));
  if (asked) {
    post(work::command::Call{
        [](work::Runner& runner) { static_cast<Session&>(runner.session()).time_model_of_the_talk(); }});
  }
  if (!s.timing) {
    paragraph(
        ui, rect,
        "Repeats the talk's chart on this machine: its network of 140-15-7-2-7-15-140 learns from 2,600 beats for "
        "20 epochs, and judges 500. It takes a second or two, and nothing else moves meanwhile.",
        {.colour = theme->ink2});
    return;
  }
  const float gap = gap_across(ui);
  const Rect left = rect.column(0, 2, gap), right = rect.column(1, 2, gap);
  draw_runs(ui, left, "time-training", thousands(kTimedEpochs) + " epochs of " + thousands(kTimedRows) + " beats",
            s.timing->training_ms, training_);
  draw_runs(ui, right, "time-judging", thousands(kTimedJudged) + " beats judged", s.timing->judging_ms, judging_);
}

}  // namespace vitrine::views::heartbeats
