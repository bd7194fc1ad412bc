// Four cards: what is done has a bar of ink, what is next one of accent, what is still to come a faint one.
#include "views/neuron/inside.h"

#include <array>
#include <cmath>

#include "app/ui/button.h"
#include "app/ui/draw.h"
#include "app/ui/plot_axes.h"

namespace vitrine::views::neuron {

using namespace ui;

namespace {

constexpr int kCards = 4, kLines = 3;
constexpr std::array<float, kCards> kShares{4.4f, 3.3f, 4.4f, 6};  // of the width, by what their lines need
constexpr float kCardGap = 5, kPadding = 3;                        // units
constexpr std::size_t kExample = kPoints - 1;                      // the point that stands for all six

enum class When { between, done, next, later };

struct Line {
  std::string text, value;
};
struct Card {
  std::string_view title;
  std::array<Line, kLines> lines;
};

std::string number_of(float value) {
  const bool usual = std::fabs(value) < 1000;
  return number_text(static_cast<double>(value), {.digits = 4, .decimals = usual ? 3 : -1});
}

std::array<Card, kCards> cards_of(const Snapshot& s, const Settings& settings) {
  const bool squared = settings.loss == Loss::squared;
  const std::string w = number_of(s.weight), b = number_of(s.bias), rate = number_text(settings.rate, {.trim = true});
  const std::string dw = number_of(s.weight_gradient), db = number_of(s.bias_gradient);
  return {
      {{"Forward",
        {{{"ŷ = w · x + b", ""}, {"for x = 4: " + w + " · 4 + " + b, ""}, {"= ", number_of(s.answers[kExample])}}}},
       {"Loss",
        {{{squared ? "mean of (ŷ − y)²" : "mean of |ŷ − y|", ""}, {"over six points", ""}, {"= ", number_of(s.loss)}}}},
       {"Backward",
        {{{squared ? "∂L/∂w = mean of 2(ŷ − y) x" : "∂L/∂w = mean of ±x", ""}, {"= ", dw}, {"∂L/∂b = ", db}}}},
       {"Update",
        {{{"new = old − rate × gradient", ""},
          {"w: " + w + " − " + rate + " · " + dw + " = ", number_of(s.next_weight)},
          {"b: " + b + " − " + rate + " · " + db + " = ", number_of(s.next_bias)}}}}}};
}

// Words, then the number they lead to; where both do not fit the number alone.
void draw_line(Ui& ui, const Rect& box, const Line& line, When when) {
  const Theme& theme = ui.theme;
  const float baseline = baseline_in(ui, box, Type::small);
  const bool known = when != When::later;
  const std::string value = known ? line.value : "";
  const float wanted = value.empty() ? 0 : number_width(ui, value, Type::small_value);
  std::string words = line.text;
  if (text_width(ui, Type::small, words) + wanted > box.w && !value.empty())
    words = words.substr(0, words.find(' ')) + " ";
  const float used = text_on(ui, box.x, box.right() - wanted, baseline, words,
                             {.type = Type::small, .colour = known ? theme->ink2 : theme->ink3, .may_cut = true});
  if (!value.empty()) {
    number(ui, box.x + used, box.right(), baseline, value, {.type = Type::small_value, .align = Align::left});
  }
}

void draw_card(Ui& ui, const Rect& rect, const Card& card, When when, const Post& post) {
  const Theme& theme = ui.theme;
  const bool next = when == When::next;
  const Colour bar = when == When::done ? theme->ink : next ? theme->accent : theme.overlay(Overlay::track);
  const Colour ground = over(fade(theme->accent, 0.08f), ui.ground);
  if (next) fill(ui, rect, ground, theme.px(measure::radius_cell));
  const Ground under(ui, next ? ground : ui.ground);
  Rect left = rect;
  fill(ui, snap(left.take_top(theme.px(measure::stroke_chosen))), bar, theme.px(1));
  if (next) left = left.inset(theme.u(kPadding), 0);
  left.take_top(theme.u(kPadding));
  Rect title = left.take_top(theme.line(Type::section));
  if (next) {
    const float width = plain_button_width(ui, "next");
    if (plain_button(ui, title.take_right(width).x, baseline_in(ui, title, Type::section), "next", "next",
                     Weight::accent))
      post(work::command::StepInside{});
  }
  text(ui, title, card.title, {.type = Type::section});
  for (const Line& line : card.lines) draw_line(ui, left.take_top(theme.line(Type::small) + theme.u(1)), line, when);
}

}  // namespace

float inside_height(const Ui& ui) {
  const Theme& theme = ui.theme;
  return plot_heading_height(ui) + theme.u(1 + 2 * kPadding) + theme.line(Type::section) +
         kLines * (theme.line(Type::small) + theme.u(1));
}

void draw_inside(Ui& ui, const Rect& rect, const Snapshot& s, const Settings& settings, const Post& post) {
  static constexpr std::array<std::string_view, kCards> kStops = {"the forward pass", "the loss", "the backward pass",
                                                                  "the update"};
  const Theme& theme = ui.theme;
  Rect left = rect;
  Rect heading = left.take_top(plot_heading_height(ui));
  heading.h = theme.line(Type::section);
  const std::string title = "Inside step " + number_text(static_cast<double>(s.step) + 1, {.decimals = 0});
  const float baseline = baseline_in(ui, heading, Type::section);
  heading.take_left(text_on(ui, heading.x, heading.right(), baseline, title, {.type = Type::section}) + theme.u(3));
  const bool stopped = s.inside >= 0;
  const std::string state = stopped ? "stopped before " + std::string(kStops[static_cast<std::size_t>(s.inside)])
                                    : "what the next step will do";
  text_on(ui, heading.x, heading.right(), baseline, state,
          {.type = Type::small, .colour = theme->ink3, .may_cut = true});

  const std::array<Card, kCards> cards = cards_of(s, settings);
  float shares = 0;
  for (const float share : kShares) shares += share;
  const float gap = theme.u(kCardGap), room = left.w - gap * (kCards - 1);
  left.take_top(theme.u(1));
  for (int i = 0; i < kCards; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const When when = !stopped ? When::between : i < s.inside ? When::done : i == s.inside ? When::next : When::later;
    draw_card(ui, snap(left.take_left(room * kShares[at] / shares)), cards[at], when, post);
    left.take_left(gap);
  }
}

}  // namespace vitrine::views::neuron
