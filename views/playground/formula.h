// A Formula is a number made of x₁ and x₂ as a person writes it: "sin(3 x1) + x2^2", "abs(x1) < 2". It is read once,
// into steps of a small stack machine, and never runs anything but arithmetic.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::views::playground {

// How another language writes the parts: $ is an argument, $l and $r are both sides, $c is what is compared.
struct FormulaWords {
  std::string_view functions[8];  // in the order in which complaints list them: sin … sign
  std::string_view power, comparison;
};

class Formula {
 public:
  // UsageError naming the place and what was expected there.
  explicit Formula(std::string_view text);
  double operator()(double x1, double x2) const;
  std::string in(const FormulaWords& words) const;

  struct Step {
    enum class Kind : std::uint8_t { number, x1, x2, negate, binary, function } kind;
    std::uint8_t which = 0;  // of the operators or functions
    double number = 0;
  };

 private:
  std::vector<Step> steps_;
};

// What is wrong with a formula as a feature of the plane, in one sentence: it cannot be read, or it is no finite number
// somewhere between -extent and extent. Empty: nothing.
std::string complaint_about(std::string_view text, double extent);

}  // namespace vitrine::views::playground
