// Lays the Playground out: features through layers to the field, and below it how training goes.
#include <algorithm>

#include "app/ui/heat_map.h"
#include "views/exhibit.h"
#include "views/pane.h"
#include "views/playground/diagram.h"
#include "views/playground/difference.h"
#include "views/playground/field_pane.h"
#include "views/playground/instruments.h"
#include "views/playground/plane.h"
#include "views/playground/thumbnails.h"

namespace vitrine::views::playground {

using namespace ui;

namespace {

namespace look {
constexpr float kInstruments = 46, kInstrumentsCompact = 38, kMostInstruments = 54;  // units of height
constexpr float kProgram = 92, kProgramCompact = 50;  // the same with a program or a table to read in it
constexpr float kLeastField = 50;                     // units, below which the instruments fold
constexpr float kCaptionGap = 3;          // units, less below the caption than between plots: it is itself a gap
constexpr float kMostFieldShare = 0.48f;  // of the width
constexpr float kDifference = 40;         // units of height, beside what differs
}  // namespace look

class PlaygroundView final : public View {
 public:
  void draw(Ui& ui, const Rect& pane, const work::Snapshot& snapshot, const Post& post) override {
    const auto& s = static_cast<const Snapshot&>(snapshot);
    const Theme& theme = ui.theme;
    tiles_.follow(theme, s);
    Rect left = inside_pane(ui, pane);
    const Margins margins = heat_map_margins(ui, {.x = across(), .y = up()});
    const float head = plot_heading_height(ui);

    const bool wide = is_wide(static_cast<const Settings*>(s.settings.get())->instrument);
    // The field is a square: as large as the width allows once the instruments have their height, or have folded.
    const float instruments = theme.u(wide              ? theme.compact() ? look::kProgramCompact : look::kProgram
                                      : theme.compact() ? look::kInstrumentsCompact
                                                        : look::kInstruments);
    const float widest = left.w * look::kMostFieldShare, above = head + margins.bottom;
    const float gap = gap_down(ui) - theme.u(look::kCaptionGap);
    float line = field_.caption_height(ui, s, widest);
    const auto room = [&](float below) { return std::min(widest, left.h - above - line - below); };
    line = field_.caption_height(ui, s, room(instruments + gap));  // names of classes take two lines of a narrow one
    float field = room(instruments + gap);
    const bool has_instruments = field >= theme.u(look::kLeastField);
    if (!has_instruments) field = room(0);

    Rect top = left.take_top(above + snap(field));
    const Rect right = top.take_right(snap(field));
    top.take_right(theme.u(2));
    diagram_.draw(ui, top, margins.bottom, s, tiles_, post);
    field_.draw(ui, right, margins.bottom, s, diagram_.shown(), selection_, post);
    field_.draw_caption(ui, {right.x, right.bottom(), right.w, line}, s);
    if (!has_instruments) return;
    left.take_top(line + gap);
    instruments_.draw(ui, left.take_top(std::min(left.h, theme.u(wide ? look::kProgram : look::kMostInstruments))), s,
                      diagram_.shown(), selection_, post);
  }

  void picture(Ui& ui, const Rect& rect, const work::Snapshot& snapshot) override {
    field_.picture(ui, rect, static_cast<const Snapshot&>(snapshot));
  }

  float difference_units() const override { return look::kDifference; }
  void draw_difference(Ui& ui, const Rect& rect, const work::Snapshot& a, const work::Snapshot& b) override {
    difference_.draw(ui, rect, static_cast<const Snapshot&>(a), static_cast<const Snapshot&>(b));
  }

  float above_rows(Ui& ui, const Rect& rect, std::string_view group, const work::Snapshot& snapshot,
                   const Post& post) override {
    if (group != "Data") return 0;
    return thumbnails_.draw(ui, rect, *static_cast<const Settings*>(snapshot.settings.get()), post);
  }

 private:
  Tiles tiles_;
  Diagram diagram_;
  FieldPane field_;
  Instruments instruments_;
  Selection selection_;  // of points, by their number
  Thumbnails thumbnails_;
  DifferenceView difference_;
};

}  // namespace

std::unique_ptr<work::Session> open(const SessionContext& context) {
  return std::make_unique<Session>(context.backend, context.seed);
}

std::unique_ptr<View> view() {
  return std::make_unique<PlaygroundView>();
}

}  // namespace vitrine::views::playground
