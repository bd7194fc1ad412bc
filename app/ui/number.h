// Numbers as people read them: three significant digits unless told otherwise, a real minus, thousands apart, powers of
// ten beyond what zeros can carry. Stored text never comes from here (see engine/core/number.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/ui/ui.h"

namespace vitrine::ui {

struct NumberFormat {
  int digits = 3;     // significant; the whole part is never rounded away
  int decimals = -1;  // fixed count after the point instead, when ≥ 0
  bool trim = false;  // "0.06" rather than "0.0600": for settings
  bool sign = false;  // "+0.10": for signed quantities
};

std::string number_text(double value, NumberFormat format = {});

// What a person typed: any minus, thousands commas, the unit or not.
std::optional<double> parse_typed(std::string_view typed, std::string_view unit = {});

enum class Align { left, centre, right };

// Draws a number with every digit centred in the widest digit's cell, then its unit in small ink 3, standing on a
// baseline inside [left, right]. Returns the width it took.
struct NumberStyle {
  Type type = Type::value;
  Colour colour = 0;  // 0 = ink
  Align align = Align::right;
  std::string_view unit = {};
  Colour unit_colour = 0;  // 0 = ink 3
};
float number(Ui& ui, float left, float right, float baseline, std::string_view text, NumberStyle style = {});
float number_width(const Ui& ui, std::string_view text, Type type = Type::value, std::string_view unit = {});

}  // namespace vitrine::ui
