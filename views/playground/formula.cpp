// Recursive descent over the grammar
//   comparison: sum [ < | > sum ]      sum: product { + | - product }      product: power { * | / | power }
//   power: unary [ ^ power ]           unary: - unary | number | name | function ( comparison ) | ( comparison )
// with bounds on length, depth and steps, so that no text can take long or overflow a stack.
#include "views/playground/formula.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/error.h"
#include "engine/core/math.h"
#include "engine/core/math_double.h"
#include "engine/core/number.h"
#include "views/program.h"

namespace vitrine::views::playground {
namespace {

using Step = Formula::Step;
using Kind = Step::Kind;

constexpr std::size_t kLength = 200;              // characters: what a row can show, and then some
constexpr int kDepth = 32;                        // brackets in brackets
constexpr std::size_t kStack = 5 * (kDepth + 2);  // numbers waiting: one before each of < + * ^ in every bracket
constexpr int kProbes = 41;                       // points along each edge of the plane at which a feature is tried
constexpr double kMostValue = 1e6;                // larger features only saturate every unit

constexpr std::string_view kOperators = "+-*/^<>";

struct Function {
  std::string_view name;
  double (*value)(double);
};
constexpr double kMostAngle = 1e6;  // beyond, neighbouring numbers lie too far apart to name an angle
double sine(double x) {
  return std::fabs(x) <= kMostAngle ? math::sin(x) : std::nan("");
}
double cosine(double x) {
  return std::fabs(x) <= kMostAngle ? math::cos(x) : std::nan("");
}
double exponential(double x) {
  return static_cast<double>(math::exp_of(static_cast<float>(x)));  // features are floats in the end
}
double logarithm(double x) {
  return std::isnormal(x) && x > 0 ? math::log(x) : std::nan("");
}
double hyperbolic_tangent(double x) {
  const double e = exponential(-2 * std::fabs(x));  // never above 1
  return std::copysign((1 - e) / (1 + e), x);
}
double root(double x) {
  return std::sqrt(x);
}
double size(double x) {
  return std::fabs(x);
}
double side(double x) {
  return x > 0 ? 1 : x < 0 ? -1 : 0;
}
constexpr std::array<Function, 8> kFunctions{{{"sin", sine},
                                              {"cos", cosine},
                                              {"exp", exponential},
                                              {"log", logarithm},
                                              {"tanh", hyperbolic_tangent},
                                              {"sqrt", root},
                                              {"abs", size},
                                              {"sign", side}}};

struct Name {
  std::string_view name;
  Step step;
};
constexpr std::array<Name, 6> kNames{{{"x1", {Kind::x1, 0, 0}},
                                      {"x2", {Kind::x2, 0, 0}},
                                      {"x", {Kind::x1, 0, 0}},
                                      {"y", {Kind::x2, 0, 0}},
                                      {"pi", {Kind::number, 0, 3.14159265358979323846}},
                                      {"e", {Kind::number, 0, 2.71828182845904523536}}}};

double power(double base, double exponent) {
  if (exponent == std::trunc(exponent) && std::fabs(exponent) <= 64) {
    double value = 1;
    for (int i = 0; i < static_cast<int>(std::fabs(exponent)); ++i) value *= base;
    return exponent < 0 ? 1 / value : value;
  }
  return base > 0 ? exponential(exponent * logarithm(base)) : base < 0 ? std::nan("") : exponent > 0 ? 0 : 1 / base;
}

double combine(char op, double a, double b) {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '^':
      return power(a, b);
    case '<':
      return a < b ? 1 : 0;
    default:
      return a > b ? 1 : 0;
  }
}

bool is_digit(char c) {
  return (c >= '0' && c <= '9') || c == '.';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {
    if (text.size() > kLength) refuse("is too long", "at most 200 characters");
    comparison(0);
    if (peek() != 0) refuse("goes on where it should end", "an operator such as + or *");
  }
  std::vector<Step> take() { return std::move(steps_); }

 private:
  [[noreturn]] void refuse(std::string fact, std::string expected) const {
    const std::string place = text_.substr(at_).empty() ? "the end" : std::string(text_.substr(at_, 12));
    throw UsageError({"the formula", std::move(fact), std::move(expected),
                      place + " at character " + to_text(static_cast<std::int64_t>(at_) + 1),
                      "Write for example sin(x1) + x2^2."});
  }
  char peek() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void push(Step step) { steps_.push_back(step); }
  void push_operator(char op) { push({Kind::binary, static_cast<std::uint8_t>(kOperators.find(op)), 0}); }

  void comparison(int depth) {
    if (depth > kDepth) refuse("has too many brackets inside each other", "at most 32");
    sum(depth);
    for (const char op : {'<', '>'}) {
      if (!take(op)) continue;
      sum(depth);
      push_operator(op);
      return;
    }
  }
  void sum(int depth) {
    product(depth);
    for (;;) {
      const char op = peek();
      if (op != '+' && op != '-') return;
      ++at_;
      product(depth);
      push_operator(op);
    }
  }
  void product(int depth) {
    raised(depth);
    for (;;) {
      const char op = peek();
      const bool side_by_side = is_letter(op) || op == '(';  // 3 x1
      if (op != '*' && op != '/' && !side_by_side) return;
      if (!side_by_side) ++at_;
      raised(depth);
      push_operator(side_by_side ? '*' : op);
    }
  }
  void raised(int depth) {
    if (depth > kDepth) refuse("has too many signs and powers inside each other", "at most 32");
    if (take('-')) {  // −x^2 is −(x^2)
      raised(depth + 1);
      return push({Kind::negate, 0, 0});
    }
    atom(depth);
    if (!take('^')) return;
    raised(depth + 1);
    push_operator('^');
  }
  void atom(int depth) {
    const char c = peek();
    if (is_digit(c)) return number();
    if (is_letter(c)) return word(depth);
    if (!take('(')) refuse(c == '\0' ? "breaks off" : "cannot be read", "a number, x1, x2, a function or (");
    bracket(depth);
  }
  void bracket(int depth) {
    comparison(depth + 1);
    if (!take(')')) refuse("lacks a bracket", ")");
  }
  void number() {
    std::size_t end = at_;
    while (end < text_.size() && is_digit(text_[end])) ++end;
    const bool exponent = end + 1 < text_.size() && text_[end] == 'e' &&
                          (is_digit(text_[end + 1]) || ((text_[end + 1] == '-' || text_[end + 1] == '+') &&
                                                        end + 2 < text_.size() && is_digit(text_[end + 2])));
    if (exponent) {
      end += 2;
      while (end < text_.size() && is_digit(text_[end])) ++end;
    }
    const auto value = parse_real(text_.substr(at_, end - at_));
    if (!value || !std::isfinite(*value)) refuse("has a number that cannot be read", "digits, as in 0.5");
    at_ = end;
    push({Kind::number, 0, *value});
  }
  void word(int depth) {
    std::size_t end = at_;
    while (end < text_.size() && (is_letter(text_[end]) || is_digit(text_[end]))) ++end;
    const std::string_view word = text_.substr(at_, end - at_);
    if (const auto* name = std::ranges::find(kNames, word, &Name::name); name != kNames.end()) {
      at_ = end;
      return push(name->step);
    }
    const auto* function = std::ranges::find(kFunctions, word, &Function::name);
    if (function == kFunctions.end()) {
      refuse("has a word without meaning", "x1, x2, pi, sin, cos, exp, log, tanh, sqrt, abs or sign");
    }
    at_ = end;
    if (!take('(')) refuse("lacks a bracket after " + std::string(word), "(");
    bracket(depth);
    push({Kind::function, static_cast<std::uint8_t>(function - kFunctions.begin()), 0});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Step> steps_;
};

std::string shown(double value) {
  return std::isnan(value) ? "no number" : std::isinf(value) ? "infinite" : to_text(value);
}

}  // namespace

Formula::Formula(std::string_view text) {
  if (text.find_first_not_of(' ') == text.npos) {
    throw UsageError(
        {"the formula", "is empty", "a number made of x1 and x2", "nothing", "Write for example sin(x1) + x2^2."});
  }
  steps_ = Reader(text).take();
}

double Formula::operator()(double x1, double x2) const {
  std::array<double, kStack> stack{};
  std::size_t top = 0;  // how many wait; the grammar's depth bounds them
  for (const Step& step : steps_) {
    switch (step.kind) {
      case Kind::number:
        stack[top++] = step.number;
        break;
      case Kind::x1:
        stack[top++] = x1;
        break;
      case Kind::x2:
        stack[top++] = x2;
        break;
      case Kind::negate:
        stack[top - 1] = -stack[top - 1];
        break;
      case Kind::binary:
        --top;
        stack[top - 1] = combine(kOperators[step.which], stack[top - 1], stack[top]);
        break;
      case Kind::function:
        stack[top - 1] = kFunctions[step.which].value(stack[top - 1]);
        break;
    }
  }
  return stack[0];
}

std::string Formula::in(const FormulaWords& words) const {
  std::vector<std::string> stack;
  const auto real = [](double number) {  // a whole one, too, divides as a real one
    const std::string text = to_text(number);
    return text.find_first_of(".e") == text.npos ? text + ".0" : text;
  };
  for (const Step& step : steps_) {
    switch (step.kind) {
      case Kind::number:
        stack.push_back(real(step.number));
        break;
      case Kind::x1:
        stack.emplace_back("x1");
        break;
      case Kind::x2:
        stack.emplace_back("x2");
        break;
      case Kind::negate:
        stack.back() = "(-" + stack.back() + ")";
        break;
      case Kind::function:
        stack.back() = replaced(std::string(words.functions[step.which]), "$", stack.back());
        break;
      case Kind::binary: {
        const char op = kOperators[step.which];
        const std::string right = std::move(stack.back());
        stack.pop_back();
        const std::string sides = stack.back() + " " + op + " " + right;
        if (op == '^')
          stack.back() = replaced(replaced(std::string(words.power), "$l", stack.back()), "$r", right);
        else
          stack.back() =
              op == '<' || op == '>' ? replaced(std::string(words.comparison), "$c", sides) : "(" + sides + ")";
        break;
      }
    }
  }
  return stack.front();
}

std::string complaint_about(std::string_view text, double extent) {
  try {
    const Formula formula(text);
    for (int row = 0; row < kProbes; ++row) {
      for (int column = 0; column < kProbes; ++column) {
        const auto at = [&](int i) { return extent * (2.0 * i / (kProbes - 1) - 1); };
        const double value = formula(at(column), at(row));
        if (std::fabs(value) <= kMostValue) continue;
        return "It is " + shown(value) + " at x1 = " + to_text(at(column)) + ", x2 = " + to_text(at(row)) +
               "; such places count as 0.";
      }
    }
  } catch (const UsageError& error) {
    return error.what();
  }
  return {};
}

}  // namespace vitrine::views::playground
