// Four cards: what is done has a bar of ink, what is next one of accent, what is still to come a faint one.
#include "views/neuron/inside.h"

#include <array>
#include <cmath>

#include "app/ui/button.h"
#include "app/ui/draw.h"
#include "app/ui/focus.h"
#include "app/ui/offers.h"
#include "app/ui/plot_axes.h"

namespace vitrine::views::neuron {

using namespace ui;

namespace {

constexpr float kCardGap = 5, kPadding = 3;    // units
constexpr std::size_t kExample = kPoints - 1;  // the point that stands for all six

enum class When { between, done, next, later };

std::string number_of(float value) {
  const bool usual = std::fabs(value) < 1000;
  return number_text(static_cast<double>(value), {.digits = 4, .decimals = usual ? 3 : -1});
}

// Words, then the number they lead to; where both do not fit the number alone.
void draw_line(Ui& ui, const Rect& box, const InsideCard::Line& line, When when) {
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

void draw_card(Ui& ui, const Rect& rect, const InsideCard& card, When when, const Post& post) {
  const Theme& theme = ui.theme;
  const bool next = when == When::next;
  const Colour bar = when == When::done ? theme->ink : next ? theme->accent : theme.overlay(Overlay::track);
  const Colour ground = over(fade(theme->accent, 0.08f), ui.ground);
  if (next) fill(ui, rect, ground, theme.px(measure::radius_cell));
  const Ground under(ui, next ? ground : ui.ground);
  Rect left = rect;
  fill(ui, snap(left.take_top(theme.stroke(measure::stroke_chosen))), bar, theme.px(1));
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
  for (const InsideCard::Line& line : card.lines)
    draw_line(ui, left.take_top(theme.line(Type::small) + theme.u(1)), line, when);
}

// Where numbers shrink by powers of ten as a fit gets better.
std::string digits_of(float value) {
  return number_text(static_cast<double>(value), {.digits = 4});
}

std::string csv_of(const InsideCards& cards) {
  std::string out = "part,words,value\n";
  for (const InsideCard& card : cards)
    for (const InsideCard::Line& line : card.lines)
      out += csv_field(card.title) + "," + csv_field(line.text) + "," + csv_field(line.value) + "\n";
  return out;
}

}  // namespace

InsideCards line_cards(const Snapshot& s, const Settings& settings) {
  const bool squared = settings.loss == Loss::squared;
  const std::string w = number_of(s.weight), b = number_of(s.bias), rate = number_text(settings.rate, {.trim = true});
  const std::string dw = number_of(s.weight_gradient), db = number_of(s.bias_gradient);
  return {{{"Forward",
            4.4f,
            {{"ŷ = w · x + b"}, {"for x = 4: " + w + " · 4 + " + b}, {"= ", number_of(s.answers[kExample])}}},
           {"Loss",
            3.3f,
            {{squared ? "mean of (ŷ − y)²" : "mean of |ŷ − y|"}, {"over six points"}, {"= ", number_of(s.loss)}}},
           {"Backward",
            4.4f,
            {{squared ? "∂L/∂w = mean of 2(ŷ − y) x" : "∂L/∂w = mean of ±x"}, {"= ", dw}, {"∂L/∂b = ", db}}},
           {"Update",
            6,
            {{"new = old − rate × gradient"},
             {"w: " + w + " − " + rate + " · " + dw + " = ", number_of(s.next_weight)},
             {"b: " + b + " − " + rate + " · " + db + " = ", number_of(s.next_bias)}}}}};
}

InsideCards fit_cards(const Snapshot& s, const Settings& settings) {
  const Fit& fit = *s.fit;
  const auto point = static_cast<std::size_t>(settings.shown_point);
  InsideCards cards{{{"Forward",
                      4,
                      {{"ŷ from the blocks, in order"},
                       {"for x = ", number_text(static_cast<double>(fit.x[point]), {.trim = true})},
                       {"ŷ = ", digits_of(fit.answers[point])},
                       {"y = ", digits_of(fit.y[point])}}},
                     {"Loss",
                      3.5f,
                      {{"mean of (ŷ − y)²"},
                       {"over " + number_text(kFitPoints, {.decimals = 0}) + " points"},
                       {"= ", digits_of(fit.loss)}}},
                     {"Backward", 3.5f, {}},
                     {"Update", 5, {}}}};
  for (const Fit::Parameter& p : fit.parameters) {
    const std::string name(p.name);
    cards[2].lines.push_back({"∂L/∂" + name + " = ", digits_of(p.gradient)});
    cards[3].lines.push_back({name + ": " + digits_of(p.value) + " becomes ", digits_of(p.next)});
  }
  return cards;
}

float inside_height(const Ui& ui, std::size_t lines) {
  const Theme& theme = ui.theme;
  return plot_heading_height(ui) + theme.u(1 + 2 * kPadding) + theme.line(Type::section) +
         static_cast<float>(lines) * (theme.line(Type::small) + theme.u(1));
}

void draw_inside(Ui& ui, const Rect& rect, const work::Snapshot& s, const InsideCards& cards, const Post& post) {
  static constexpr std::array<std::string_view, 4> kStops = {"the forward pass", "the loss", "the backward pass",
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
  heading.take_left(text_on(ui, heading.x, heading.right(), baseline, state,
                            {.type = Type::small, .colour = theme->ink3, .may_cut = true}));
  offers(ui, heading, pointed_in(rect),
         {.name = "inside step",
          .rect = rect,
          .csv = [&] { return csv_of(cards); },
          .draw = [&](Ui& page, const Rect& whole) { draw_inside(page, whole, s, cards, {}); }});

  float shares = 0;
  for (const InsideCard& card : cards) shares += card.share;
  const float gap = theme.u(kCardGap), room = left.w - gap * static_cast<float>(cards.size() - 1);
  left.take_top(theme.u(1));
  for (int i = 0; i < static_cast<int>(cards.size()); ++i) {
    const InsideCard& card = cards[static_cast<std::size_t>(i)];
    const When when = !stopped ? When::between : i < s.inside ? When::done : i == s.inside ? When::next : When::later;
    draw_card(ui, snap(left.take_left(room * card.share / shares)), card, when, post);
    left.take_left(gap);
  }
}

}  // namespace vitrine::views::neuron
