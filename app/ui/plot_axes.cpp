// Round ticks, the mapping of values to pixels, and what is drawn round a plot.
#include "app/ui/plot_axes.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/ui/fonts.h"

namespace vitrine::ui {
namespace measure {
constexpr float tick_gap = 8, tick_below = 19, tick_length = 4;
constexpr float tick_room_across = 24;  // at least, between two labels
constexpr float legend_mark = 4 * unit, legend_gap = 2 * unit, legend_between = 5 * unit;
}  // namespace measure
namespace {
constexpr double kTickSlack = 1e-9;  // of a tick step: low and high themselves are ticks
constexpr int kLeastTicks = 3;
constexpr int kMostDecimals = 5;   // beyond: significant digits
constexpr double kEndRoom = 0.2;   // of an axis, between the last label and the one before
constexpr double kDeepest = 1e-4;  // a logarithmic axis without a positive low end starts here below its high
constexpr std::array<double, 4> kRound = {1, 2, 2.5, 5};

// The smallest round step that leaves at most so many ticks.
double round_step(const Axis& axis) {
  double span = axis.high - axis.low;
  for (double power = std::pow(10.0, std::floor(std::log10(span)) - 2);; power *= 10) {
    for (double round : kRound) {
      double step = round * power;
      if (axis.whole && step != std::round(step)) continue;
      double count = std::floor(axis.high / step + kTickSlack) - std::ceil(axis.low / step - kTickSlack) + 1;
      if (count <= axis.most_ticks) return step;
    }
  }
}

int decimals_of(double step) {
  int decimals = 0;
  for (double scaled = step; decimals <= kMostDecimals && std::abs(scaled - std::round(scaled)) > kTickSlack * scaled;
       scaled *= 10)
    ++decimals;
  return decimals;
}

std::vector<Tick> linear_ticks(const Axis& axis) {
  double step = round_step(axis);
  int decimals = decimals_of(step);
  NumberFormat format = decimals > kMostDecimals ? NumberFormat{} : NumberFormat{.decimals = decimals};
  std::vector<Tick> found;
  for (double i = std::ceil(axis.low / step - kTickSlack); i <= axis.high / step + kTickSlack; ++i)
    found.push_back({i * step, number_text(i * step, format)});
  return found;
}

Tick log_tick(double value) {
  return {value, number_text(value, {.digits = 1, .trim = true})};
}

std::vector<Tick> log_ticks(const Axis& axis) {
  double first = std::ceil(std::log10(axis.low) - kTickSlack), last = std::floor(std::log10(axis.high) + kTickSlack);
  double decades = last - first + 1;
  if (decades >= kLeastTicks) {
    double stride = std::ceil((decades - 1) / (axis.most_ticks - 1));
    std::vector<Tick> found;
    for (double e = last; e >= first; e -= stride) found.push_back(log_tick(std::pow(10.0, e)));
    std::reverse(found.begin(), found.end());
    return found;
  }
  for (const std::array<double, 3>& parts : {std::array{1.0, 2.0, 5.0}, std::array{1.0, 3.0, 3.0}}) {
    std::vector<Tick> found;
    for (double e = first - 1; e <= last; ++e)
      for (double part : parts) {
        double value = part * std::pow(10.0, e);
        bool inside = value >= axis.low * (1 - kTickSlack) && value <= axis.high * (1 + kTickSlack);
        if (inside && (found.empty() || found.back().value < value)) found.push_back(log_tick(value));
      }
    int count = static_cast<int>(found.size());
    if (count >= kLeastTicks && count <= axis.most_ticks) return found;
  }
  return linear_ticks(axis);
}

float widest(const Ui& ui, std::span<const Tick> all) {
  float width = 0;
  for (const Tick& tick : all) width = std::max(width, number_width(ui, tick.label, Type::small));
  return width;
}

void label(Ui& ui, float left, float right, float baseline, const Tick& tick, Align align) {
  number(ui, left, right, baseline, tick.label, {.type = Type::small, .colour = ui.theme->ink3, .align = align});
}

// A label centred at x, moved inwards at the ends.
void label_below(Ui& ui, float x, float baseline, const Tick& tick, float least, float most) {
  float width = number_width(ui, tick.label, Type::small);
  float left = std::clamp(x - width / 2, least, std::max(least, most - width));
  label(ui, left, left + width, baseline, tick, Align::left);
}

void title(Ui& ui, float left, float right, float baseline, std::string_view text, Align align) {
  if (!text.empty())
    text_on(ui, left, right, baseline, text, {.type = Type::small, .colour = ui.theme->ink3, .align = align});
}

// Over the labels at the left where it is no wider than they are, else from there to the right.
void draw_title_above(Ui& ui, const Plane& plane) {
  const float right = plane.area.x - ui.theme.px(measure::tick_gap), left = right - widest(ui, ticks(plane.y));
  const bool fits = text_width(ui, Type::small, plane.y.title) <= right - left;
  title(ui, left, fits ? right : plane.area.right(), plane.area.y - ui.theme.u(4), plane.y.title,
        fits ? Align::right : Align::left);
}

// Labels under the area, and the title under them.
void draw_below(Ui& ui, const Plane& plane, bool with_title) {
  const Rect& area = plane.area;
  const float below = area.bottom() + ui.theme.px(measure::tick_below);
  for (const Tick& tick : ticks(plane.x))
    label_below(ui, snap(plane.at(tick.value, plane.y.low).x), below, tick, 0, area.right() + 1);
  if (!with_title) return;
  const float left = area.x - widest(ui, ticks(plane.y)) - ui.theme.px(measure::tick_gap);  // of all that the plot has
  title(ui, left, area.right(), below + ui.theme.line(Type::small), plane.x.title, Align::right);
}

// Steps are counted to the end of the run: that is where the person looks. A round tick close before it makes room.
void end_with(double end, double last_share, std::vector<Tick>& found) {
  if (last_share >= 1 - kTickSlack) return;
  if (last_share > 1 - kEndRoom && found.size() > 1) found.pop_back();
  found.push_back({end, number_text(end, {.decimals = 0})});
}
}  // namespace

double Axis::share(double v) const {
  if (!logarithmic) return (v - low) / (high - low);
  return v > 0 ? std::log(v / low) / std::log(high / low) : -1;
}

double Axis::value(double share_of) const {
  return logarithmic ? low * std::pow(high / low, share_of) : low + (high - low) * share_of;
}

std::vector<Tick> ticks(const Axis& axis) {
  if (!axis.at.empty()) {
    std::vector<Tick> given;
    for (std::size_t i = 0; i < axis.at.size(); ++i)
      given.push_back({axis.at[i], i < axis.names.size() ? axis.names[i] : number_text(axis.at[i], {.trim = true})});
    return given;
  }
  if (!(axis.low < axis.high) || !std::isfinite(axis.high - axis.low)) return {};
  if (axis.logarithmic && axis.low > 0) return log_ticks(axis);
  std::vector<Tick> found = linear_ticks(axis);
  if (axis.whole) end_with(axis.high, axis.share(found.empty() ? axis.low : found.back().value), found);
  return found;
}

Axis rounded(Axis axis) {
  if (!std::isfinite(axis.low) || !std::isfinite(axis.high) || axis.low > axis.high) axis.low = 0, axis.high = 1;
  if (axis.logarithmic) {
    if (axis.high <= 0) axis.high = 1;
    if (axis.low <= 0) axis.low = axis.high * kDeepest;
    axis.low = std::pow(10.0, std::floor(std::log10(axis.low) + kTickSlack));
    axis.high = std::pow(10.0, std::ceil(std::log10(axis.high) - kTickSlack));
    if (axis.low >= axis.high) axis.high = axis.low * 10;
    return axis;
  }
  if (axis.low == axis.high) {
    double room = axis.low == 0 ? 0.5 : std::abs(axis.low) / 2;
    axis.low -= room, axis.high += room;
  }
  double step = round_step(axis);
  axis.low = std::floor(axis.low / step + kTickSlack) * step;
  axis.high = std::ceil(axis.high / step - kTickSlack) * step;
  return axis;
}

Point Plane::at(double vx, double vy) const {
  return {area.x + area.w * static_cast<float>(x.share(vx)), area.bottom() - area.h * static_cast<float>(y.share(vy))};
}
double Plane::x_at(float px) const {
  return x.value((px - area.x) / area.w);
}
double Plane::y_at(float py) const {
  return y.value((area.bottom() - py) / area.h);
}

Plane plane_in(const Ui& ui, const Rect& rect, Axis x, Axis y, bool x_title) {
  const Theme& theme = ui.theme;
  float line_height = theme.line(Type::small), half = snap(ui.fonts->cap_height(Type::small) / 2);
  bool titled = x_title && !x.title.empty();
  Rect area = rect;
  area.take_top(half + (y.title.empty() ? 0 : line_height));
  area.take_bottom(theme.px(measure::tick_below) + half + (titled ? line_height : 0));
  y.most_ticks = std::clamp(static_cast<int>(area.h / (1.5f * line_height)), 2, y.most_ticks);
  area.take_left(widest(ui, ticks(y)) + theme.px(measure::tick_gap));
  float pitch = widest(ui, ticks(x)) + theme.px(measure::tick_room_across);
  x.most_ticks = std::clamp(static_cast<int>(area.w / pitch) + 1, 2, x.most_ticks);
  area = snap(area);
  area.w = std::max(area.w, 1.0f), area.h = std::max(area.h, 1.0f);
  return {x, y, area};
}

void draw_axes(Ui& ui, const Plane& plane, bool x_title) {
  const Theme& theme = ui.theme;
  const Rect& area = plane.area;
  float half = ui.fonts->cap_height(Type::small) / 2;
  for (const Tick& tick : ticks(plane.y)) {
    float y = snap(plane.at(plane.x.low, tick.value).y);
    if (y < area.bottom()) rule(ui, area.x, y, area.w, theme.overlay(Overlay::quiet));
    label(ui, area.x - theme.px(measure::tick_gap) - area.w, area.x - theme.px(measure::tick_gap), snap(y + half), tick,
          Align::right);
  }
  draw_title_above(ui, plane);
  Colour base = theme.overlay(Overlay::axis);
  rule(ui, area.x, area.bottom(), area.w + 1, base);
  for (const Tick& tick : ticks(plane.x))
    upright(ui, snap(plane.at(tick.value, plane.y.low).x), area.bottom() + 1, theme.px(measure::tick_length), base);
  draw_below(ui, plane, x_title);
}

void draw_uprights(Ui& ui, const Plane& plane) {
  const std::vector<Tick> all = ticks(plane.x);
  for (const Tick& tick : all)
    upright(ui, snap(plane.at(tick.value, plane.y.low).x), plane.area.y, plane.area.h,
            ui.theme.overlay(&tick == &all.front() ? Overlay::axis : Overlay::quiet));
  draw_below(ui, plane, true);
}

void draw_edge_labels(Ui& ui, const Plane& plane) {
  const Theme& theme = ui.theme;
  const Rect& area = plane.area;
  float cap = ui.fonts->cap_height(Type::small), below = area.bottom() + theme.px(measure::tick_below);
  float gap = theme.px(measure::tick_gap), right = area.x - gap, free = area.right(), top = area.y;
  float last = area.x, first = area.bottom();  // of the two labels before the end
  for (const Tick& tick : ticks(plane.y)) {
    float middle = std::clamp(plane.at(plane.x.low, tick.value).y, area.y + cap / 2, area.bottom() - cap / 2);
    label(ui, right - area.w, right, snap(middle + cap / 2), tick, Align::right);
    if (middle < area.y + theme.line(Type::small)) top = (first + middle) / 2 - cap / 2;
    first = middle;
  }
  for (const Tick& tick : ticks(plane.x)) {
    float x = plane.at(tick.value, plane.y.low).x;
    label_below(ui, x, below, tick, area.x, area.right());
    if (x > area.right() - gap - text_width(ui, Type::small, plane.x.title) - number_width(ui, tick.label, Type::small))
      free = (last + x) / 2 + text_width(ui, Type::small, plane.x.title) / 2;
    last = x;
  }
  title(ui, area.x, free, below, plane.x.title, Align::right);
  title(ui, right - area.w, right, snap(top + cap), plane.y.title, Align::right);
}

float plot_heading_height(const Ui& ui) {
  return ui.theme.line(Type::section) + ui.theme.u(2);
}

bool legend_fits(const Ui& ui, float width, std::string_view heading, std::span<const LegendKey> keys) {
  float wanted = text_width(ui, Type::section, heading);
  for (const LegendKey& key : keys)
    wanted += ui.theme.px(measure::legend_mark + measure::legend_gap + measure::legend_between) +
              text_width(ui, Type::small, key.label);
  return wanted <= width;
}

Rect plot_heading(Ui& ui, const Rect& line, std::string_view heading, std::span<const LegendKey> keys) {
  const Theme& theme = ui.theme;
  Rect box{line.x, line.y, line.w, theme.line(Type::section)};
  box.take_left(text(ui, box, heading, {.type = Type::section}));
  if (!keys.empty() && legend_fits(ui, line.w, heading, keys))
    box.take_right(legend(ui, box, keys) + theme.px(measure::legend_between));
  return box;
}

Rect caption_after_heading(Ui& ui, Rect free, std::string_view caption) {
  const float gap = ui.theme.u(2);
  if (caption.empty() || text_width(ui, Type::small, caption) + gap > free.w) return free;
  free.take_left(gap);
  const float baseline = baseline_in(ui, free, Type::section);
  free.take_left(text_on(ui, free.x, free.right(), baseline, caption, {.type = Type::small, .colour = ui.theme->ink3}));
  free.take_left(gap);
  return free;
}

}  // namespace vitrine::ui
