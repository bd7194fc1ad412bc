// Numbers: their text, and digits in cells of one width.
#include "app/ui/number.h"

#include <algorithm>
#include <cmath>

#include "app/ui/draw.h"
#include "app/ui/fonts.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace {
constexpr double kSmallest = 1e-5, kLargest = 1e9;  // beyond: powers of ten
constexpr float kUnitGap = 4;                       // px at 100 %
constexpr std::string_view kMinus = "−";

int magnitude(double a) {
  return static_cast<int>(std::floor(std::log10(a)));
}

std::string superscript(int power) {
  static constexpr std::string_view kDigits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string out = power < 0 ? "⁻" : "";
  for (char c : to_text(static_cast<std::int64_t>(std::abs(power)))) out += kDigits[static_cast<std::size_t>(c - '0')];
  return out;
}

void trim_zeros(std::string& text) {
  if (text.find('.') == std::string::npos) return;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
}

void part_thousands(std::string& text) {
  std::size_t whole = std::min(text.find('.'), text.size());
  for (std::size_t at = whole; at > 3; at -= 3) text.insert(at - 3, 1, ',');
}

std::string significant(double a, const NumberFormat& format) {
  if (a == 0) return "0";
  int decimals = std::clamp(format.digits - 1 - magnitude(a), 0, 15);
  std::string text = fixed_text(a, decimals);
  bool carried = decimals > 0 && magnitude(parse_real(text).value_or(a)) > magnitude(a);  // 0.9996 is 1.00
  if (carried) text = fixed_text(a, decimals - 1);
  if (format.trim) trim_zeros(text);
  return text;
}
}  // namespace

std::string number_text(double value, NumberFormat format) {
  if (std::isnan(value)) return "NaN";
  double a = std::abs(value);
  std::string text;
  if (std::isinf(a)) {
    text = "∞";
  } else if (format.decimals >= 0) {
    text = fixed_text(a, format.decimals);
    if (format.trim) trim_zeros(text);
    part_thousands(text);
  } else if (a != 0 && (a < kSmallest || a >= kLargest)) {
    int power = magnitude(a);
    text = significant(a / std::pow(10.0, power), format) + "×10" + superscript(power);
  } else {
    text = significant(a, format);
    part_thousands(text);
  }
  bool zero = text.find_first_of("123456789") == std::string::npos && !std::isinf(a);
  if (zero) return text;
  if (value < 0) return std::string(kMinus) + text;
  if (format.sign) text.insert(0, 1, '+');
  return text;
}

std::optional<double> parse_typed(std::string_view typed, std::string_view unit) {
  std::string clean;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    if (typed.substr(i).starts_with(kMinus)) {
      clean += '-', i += kMinus.size() - 1;
    } else if (typed[i] != ',' && typed[i] != ' ') {
      clean += typed[i];
    }
  }
  if (!unit.empty() && clean.ends_with(unit)) clean.resize(clean.size() - unit.size());
  if (clean.starts_with('+')) clean.erase(0, 1);
  auto value = parse_real(clean);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

float number_width(const Ui& ui, std::string_view text, Type type, std::string_view unit) {
  float cell = ui.fonts->digit_width(type), width = 0;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t next = next_character(text, i);
    bool digit = text[i] >= '0' && text[i] <= '9';
    width += digit ? cell : text_width(ui, type, text.substr(i, next - i));
    i = next;
  }
  return unit.empty() ? width : width + ui.theme.px(kUnitGap) + text_width(ui, Type::small, unit);
}

float number(Ui& ui, float left, float right, float baseline, std::string_view text, NumberStyle style) {
  const Theme& theme = ui.theme;
  Colour ink = style.colour ? style.colour : theme->ink;
  float whole = number_width(ui, text, style.type, style.unit);
  float digits = number_width(ui, text, style.type);
  float x = style.align == Align::left    ? left
            : style.align == Align::right ? right - whole
                                          : (left + right - whole) / 2;
  float start = x, cell = ui.fonts->digit_width(style.type);
  report_run(
      ui,
      {std::string(text), {left, 0, right - left - (whole - digits), 0}, {start, 0, digits, 0}, ink, 0, false, false},
      style.type, baseline);
  record_run(ui, start, snap(baseline), digits, text, style.type, ink);
  for (std::size_t i = 0; i < text.size();) {
    std::size_t next = next_character(text, i);
    std::string_view one = text.substr(i, next - i);
    float advance = text_width(ui, style.type, one);
    bool digit = text[i] >= '0' && text[i] <= '9';
    glyphs(ui, digit ? snap(x + (cell - advance) / 2) : x, baseline, one, style.type, ink);
    x += digit ? cell : advance;
    i = next;
  }
  if (!style.unit.empty()) {
    text_on(ui, start + digits + theme.px(kUnitGap), start + whole + 1, baseline, style.unit,
            {.type = Type::small, .colour = style.unit_colour ? style.unit_colour : theme->ink3});
  }
  return whole;
}

}  // namespace vitrine::ui
