// Lays the parts out by what the pane has room for: the blocks always, then the fit, the code, the loss, the step.
#include "views/neuron/fit_view.h"

#include <algorithm>
#include <cmath>

#include "app/ui/button.h"
#include "app/ui/controls.h"
#include "app/ui/focus.h"
#include "app/ui/rows.h"
#include "engine/core/number.h"
#include "views/neuron/fit_plot.h"
#include "views/neuron/inside.h"
#include "views/pane.h"

namespace vitrine::views::neuron {

using namespace ui;
using work::command::Insert;
using work::command::Reset;
using work::command::Set;

namespace {

namespace look {
constexpr float kFormulaShare = 0.5f;                // of the height over the inside of a step
constexpr float kLeastBoth = 100, kLeastStep = 150;  // units of height: under these plots, and the step, fold
constexpr float kLeastPlot = 50, kCode = 70;         // units of width of a plot, of the code
constexpr float kCodeShare = 0.4f;                   // of the width, where there is more
constexpr float kAddWidth = 8, kAddPadding = 4;      // units of one kind of block, round its sign
constexpr float kPictureMargin = 0.12f;
}  // namespace look

// As the records of the list are set.
work::Value value_of(const Blocks& blocks) {
  Settings settings;
  settings.blocks = blocks;
  return control_table().get(&settings, "graph.blocks");
}

void wire(const Blocks& blocks, const Post& post) {
  post(Set{"graph.blocks", value_of(blocks)});
}

}  // namespace

void FitView::draw(Ui& ui, const Rect& inside, const Snapshot& s, const Settings& settings, const Post& post) {
  const Theme& theme = ui.theme;
  Rect left = inside;
  const float step = inside_height(ui, kFitCardLines);
  if (left.h > theme.u(look::kLeastStep)) {
    draw_inside(ui, left.take_bottom(step), s, fit_cards(s, settings), post);
    left.take_bottom(gap_down(ui) / 2);
  }
  if (left.h > theme.u(look::kLeastBoth)) {
    Rect below = left;
    left = below.take_top(snap(left.h * look::kFormulaShare));
    below.take_top(gap_down(ui) / 2);
    draw_instruments(ui, below, s, settings, post);
  }
  draw_formula(ui, left, s, settings, post);
}

// The loss folds first: the run bar shows it as well. Then the code.
void FitView::draw_instruments(Ui& ui, Rect rect, const Snapshot& s, const Settings& settings, const Post& post) {
  const Theme& theme = ui.theme;
  const float gap = gap_across(ui), plot = theme.u(look::kLeastPlot), code = theme.u(look::kCode);
  const bool with_code = rect.w >= plot + gap + code, with_loss = rect.w >= 2 * plot + 2 * gap + code;
  if (with_code) {
    code_.draw(ui, snap(rect.take_right(std::max(code, rect.w * look::kCodeShare))),
               *control_table().find("view.language"), *s.fit->code, post);
    rect.take_right(gap);
  }
  if (with_loss) loss_.draw(ui, snap(rect.column(1, 2, gap)), s, "step", post);
  const Rect place = snap(with_loss ? rect.column(0, 2, gap) : rect);
  if (const auto chosen =
          fit_plot(ui, "fit", place, *s.fit, static_cast<std::size_t>(settings.shown_point), fit_inside_))
    post(Set{"view.point", static_cast<std::int64_t>(*chosen)});
}

void FitView::draw_formula(Ui& ui, Rect rect, const Snapshot& s, const Settings& settings, const Post& post) {
  const Theme& theme = ui.theme;
  const LegendKey keys[] = {{.label = "value", .colour = theme->ink}, {.label = "gradient", .category = 1}};
  const Rect free = plot_heading(ui, rect.take_top(plot_heading_height(ui)), "The formula as blocks", keys);
  draw_sentence(ui, rect.take_top(theme.line(Type::small) + theme.u(1)), s, post);
  draw_kinds(ui, rect.take_bottom(theme.px(measure::segmented_height)), settings, post);
  rect.take_bottom(theme.u(2)), rect.take_top(theme.u(1));
  const bool between = s.inside < 0;
  constexpr int kBackwardDone = 3;
  const Diagram what{.blocks = settings.blocks,
                     .fit = *s.fit,
                     .values = between || s.inside > 0,
                     .gradients = between || s.inside >= kBackwardDone,
                     .heading_line = free};
  if (settings.blocks.empty()) {
    text(ui, rect, "No blocks: add some below.", {.colour = theme->ink3, .align = Align::centre, .may_cut = true});
  } else if (const auto wired = diagram(ui, "blocks", rect, what, diagram_)) {
    wire(*wired, post);
  }
}

// What is wrong, or left out, or the wire that is in the hand: one line that is always there, so nothing moves.
void FitView::draw_sentence(Ui& ui, const Rect& line, const Snapshot& s, const Post& post) {
  const Theme& theme = ui.theme;
  const Fit& fit = *s.fit;
  const float baseline = baseline_in(ui, line, Type::small);
  const auto say = [&](std::string_view words, Colour colour, std::string_view action) {
    const float wanted = action.empty() ? 0 : plain_button_width(ui, action) + theme.u(3);
    const float used = text_on(ui, line.x, line.right() - wanted, baseline, words,
                               {.type = Type::small, .colour = colour, .may_cut = true});
    return !action.empty() && plain_button(ui, line.x + used + theme.u(3), baseline, "way on", action, Weight::accent);
  };
  if (fit.flown) {
    const std::string rate = number_text(fit.calmer_rate, {.trim = true});
    if (say("Each step overshot by more than the last, until the numbers flew apart: the rate is too large.",
            theme->error, "Start over at rate " + rate)) {
      post(Set{"fit.rate", fit.calmer_rate});
      post(Reset{});
    }
  } else if (fit.fault) {
    const std::string words = fit.fault->fact + " " + fit.fault->way_on, more = words + " The last formula goes on.";
    const float room = line.w - plain_button_width(ui, fit.fault->action) - theme.u(3);
    const bool fits = text_width(ui, Type::small, more) < room;
    if (say(fits ? more : words, theme->error, fit.fault->action)) wire(fit.fault->remedy, post);
  } else if (diagram_.taken.valid()) {
    say(diagram_.taken.port < 0 ? "Now the port that takes it." : "Now the block that it shall take.", theme->accent,
        "");
  } else {
    say(fit.note.empty() ? "Click a port, then the block that it shall take." : fit.note, theme->ink3, "");
  }
}

void FitView::draw_kinds(Ui& ui, const Rect& line, const Settings& settings, const Post& post) {
  const Theme& theme = ui.theme;
  const bool full = settings.blocks.size() >= kMostBlocks;
  const std::string why =
      full ? "There are " + to_text(static_cast<std::int64_t>(kMostBlocks)) + " blocks already." : "";
  Rect left = line;
  const float label = text_width(ui, Type::small, "Add");
  text(ui, left.take_left(label), "Add", {.type = Type::small, .colour = theme->ink3});
  left.take_left(theme.u(2));
  const HelpRow row(ui, line);
  for (const BlockKind& kind : block_kinds()) {
    const float wide =
        std::max(theme.u(look::kAddWidth), text_width(ui, Type::value, kind.sign) + theme.u(look::kAddPadding));
    if (left.w < wide) break;
    const Rect place = snap(left.take_left(wide));
    left.take_left(theme.u(1));
    const Help help{.name = std::string(kind.label),
                    .range = {},
                    .meaning = "Adds such a block, not wired yet.",
                    .rising = {},
                    .reason = {}};
    if (button(ui, place, "add " + std::string(kind.id), kind.sign, {.disabled = why, .help = &help})) {
      Blocks more = settings.blocks;
      more.push_back({.op = static_cast<BlockOp>(&kind - block_kinds().data())});
      diagram_.chosen = static_cast<int>(more.size()) - 1;
      wire(more, post);
    }
  }
}

namespace {

// Rows of the block that is chosen, each as tall as its kind wants it, and what they ask for.
class BlockRows {
 public:
  BlockRows(Ui& ui, const Rect& rect, const Settings& settings, int chosen, const Post& post)
      : ui_(ui),
        left_(rect),
        settings_(settings),
        block_(settings.blocks[static_cast<std::size_t>(chosen)]),
        path_("graph.blocks[" + to_text(std::int64_t{chosen}) + "]."),
        post_(post) {
    text(ui, left_.take_top(choice_height(ui)), "Block " + to_text(std::int64_t{chosen} + 1),
         {.colour = ui.theme->ink3});
  }

  void kind() {
    std::vector<std::string> kinds;
    for (const BlockKind& each : block_kinds()) kinds.emplace_back(each.label);
    if (const auto op = choose("op", static_cast<int>(block_.op), kinds))
      post_(Set{path_ + "op", std::string(block_kinds()[static_cast<std::size_t>(*op)].id)});
  }

  void inputs() {
    std::vector<std::string> sources{"open"};
    for (std::size_t i = 0; i < settings_.blocks.size(); ++i)
      sources.push_back(to_text(static_cast<std::int64_t>(i) + 1) + "  " +
                        std::string(kind_of(settings_.blocks[i]).sign));
    for (int port = 0; port < kind_of(block_).ports; ++port) {
      const char* field = port == 0 ? "left" : "right";
      const auto from = static_cast<int>(
          std::min<std::int64_t>(input_of(block_, port), static_cast<std::int64_t>(settings_.blocks.size())));
      if (const auto wired = choose(field, from, sources)) post_(Set{path_ + field, std::int64_t{*wired}});
    }
  }

  void constant() {
    const work::Control& control = control_of("value");
    double value = block_.value;
    const std::string id = path_ + "value";
    const Row row{.id = id, .label = control.words.label, .help = help_of(control)};
    const Edit edit = slider_row(ui_, left_.take_top(slider_height(ui_)), row, value,
                                 {.low = control.range.low, .high = control.range.high, .step = control.range.step});
    if (edit == Edit::reset) value = Block{}.value;
    if (edit != Edit::none) post_(Set{id, value, edit != Edit::changed});
  }

  bool take_away(float room) {
    Rect place = left_.take_top(room);
    place.h = ui_.theme.px(measure::button_height);
    return button(ui_, place, "take block away", "Take the block away");
  }

 private:
  static const work::Control& control_of(const char* field) {
    return *control_table().find("graph.blocks")->records->find(field);
  }
  std::optional<int> choose(const char* field, int value, std::span<const std::string> options) {
    const work::Control& control = control_of(field);
    const std::string id = path_ + field;
    const Row row{.id = id, .label = control.words.label, .help = help_of(control)};
    const Edit edit = choice_row(ui_, left_.take_top(choice_height(ui_)), row, value, options);
    return edit == Edit::committed ? std::optional(value) : std::nullopt;
  }

  Ui& ui_;
  Rect left_;
  const Settings& settings_;
  const Block& block_;
  std::string path_;
  const Post& post_;
};

}  // namespace

float FitView::rows(Ui& ui, const Rect& rect, const Settings& settings, const Post& post) {
  const int chosen = diagram_.chosen;
  if (chosen < 0 || chosen >= static_cast<int>(settings.blocks.size())) return 0;
  const Block& block = settings.blocks[static_cast<std::size_t>(chosen)];
  const bool constant = block.op == BlockOp::constant;
  const float button_room = ui.theme.px(measure::button_height) + ui.theme.u(2);
  const float choices = static_cast<float>(2 + kind_of(block).ports) * choice_height(ui);
  const float height = choices + (constant ? slider_height(ui) : 0) + button_room;
  if (height > rect.h) return 0;

  BlockRows block_rows(ui, rect, settings, chosen, post);
  block_rows.kind();
  block_rows.inputs();
  if (constant) block_rows.constant();
  if (block_rows.take_away(button_room)) {
    wire(without(settings.blocks, chosen), post);
    diagram_.chosen = -1;
  }
  return height;
}

void FitView::picture(Ui& ui, const Rect& rect, const Snapshot& s) const {
  const Clip clip(ui, rect);
  fit_picture(ui, rect.inset(rect.w * look::kPictureMargin, rect.h * look::kPictureMargin), *s.fit);
}

}  // namespace vitrine::views::neuron
