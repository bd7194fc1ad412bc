// Lays Heartbeats out: the beat and its rebuilt twin, and below it what the errors of all beats say.
#include <algorithm>

#include "app/ui/draw.h"
#include "app/ui/icons.h"
#include "views/exhibit.h"
#include "views/heartbeats/beat_pane.h"
#include "views/heartbeats/hourglass.h"
#include "views/heartbeats/instruments.h"
#include "views/pane.h"

namespace vitrine::views::heartbeats {

using namespace ui;

namespace {

namespace look {
constexpr float kInstruments = 84, kInstrumentsCompact = 58;  // units of height
constexpr float kLeastBeat = 60;                              // units, below which the instruments fold
}  // namespace look

class HeartbeatsView final : public View {
 public:
  void draw(Ui& ui, const Rect& pane, const work::Snapshot& snapshot, const Post& post) override {
    const auto& s = static_cast<const Snapshot&>(snapshot);
    if (!s.validation || s.beats->validation.count() == 0) return;
    const Theme& theme = ui.theme;
    Rect left = inside_pane(ui, pane);
    if (!s.sentence.empty()) draw_sentence(ui, left.take_top(theme.line(Type::body) + theme.u(2)), s.sentence);
    const float instruments = theme.u(theme.compact() ? look::kInstrumentsCompact : look::kInstruments);
    if (left.h - instruments - gap_down(ui) >= theme.u(look::kLeastBeat)) {
      instruments_.draw(ui, left.take_bottom(instruments), s, post, selection_);
      left.take_bottom(gap_down(ui) / 2);
    }
    ask_for_inside(s, post);
    beat_.draw(ui, left, s, s.inside ? s.inside->beat : chosen(s), post);
  }

  void picture(Ui& ui, const Rect& rect, const work::Snapshot& snapshot) override {
    const auto& s = static_cast<const Snapshot&>(snapshot);
    if (s.validation && s.beats->validation.count() > 0) beat_.picture(ui, rect, s, first_anomaly(s.beats->validation));
  }

  float above_rows(Ui& ui, const Rect& rect, std::string_view group, const work::Snapshot& snapshot,
                   const Post&) override {
    return group == "Model" ? hourglass(ui, rect, static_cast<const Snapshot&>(snapshot)) : 0;
  }

 private:
  std::size_t chosen(const Snapshot& s) const {
    const std::int64_t item = selection_.hovered != Selection::kNone ? selection_.hovered : selection_.chosen;
    const auto rows = static_cast<std::int64_t>(s.beats->validation.count());
    return item >= 0 && item < rows ? static_cast<std::size_t>(item) : first_anomaly(s.beats->validation);
  }
  // What was chosen goes through the network; once, so that it can be taken back.
  void ask_for_inside(const Snapshot& s, const Post& post) {
    if (!s.inside || selection_.chosen == asked_ || selection_.chosen == Selection::kNone) return;
    asked_ = selection_.chosen;
    post(work::command::Set{"stage.beat", asked_});
  }
  static void draw_sentence(Ui& ui, Rect line, const std::string& sentence) {
    const Theme& theme = ui.theme;
    line = line.take_top(theme.line(Type::body));
    const float size = theme.px(measure::icon);
    icon(ui, Icon::warn, {line.x + size / 2, line.middle_y()}, size, theme->warning);
    line.take_left(size + theme.u(2));
    text(ui, line, sentence, {.colour = theme->warning, .may_cut = true});
  }

  Selection selection_;
  std::int64_t asked_ = Selection::kNone;
  BeatPane beat_;
  Instruments instruments_;
};

}  // namespace

std::unique_ptr<work::Session> open(const SessionContext& context) {
  return std::make_unique<Session>(context.backend, context.seed);
}

std::unique_ptr<View> view() {
  return std::make_unique<HeartbeatsView>();
}

}  // namespace vitrine::views::heartbeats
