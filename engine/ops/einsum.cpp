// Operands are joined from left to right; each pair becomes one product of matrices.
#include "engine/ops/einsum.h"

#include <algorithm>
#include <map>

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/axes.h"
#include "engine/ops/layout.h"
#include "engine/ops/linear.h"
#include "engine/ops/reduction.h"

namespace vitrine::ops {
namespace {

// A tensor whose axes have letters.
struct Term {
  Tensor x;
  std::string letters;

  bool has(char letter) const { return letters.find(letter) != std::string::npos; }
  std::int64_t axis(char letter) const { return static_cast<std::int64_t>(letters.find(letter)); }
};

[[noreturn]] void refuse(std::string_view equation, std::string fact, std::string expected, std::string got) {
  throw UsageError({"[einsum] equation \"" + std::string(equation) + "\"", std::move(fact), std::move(expected),
                    std::move(got), "Write it like \"ij,jk->ik\"."});
}

struct Equation {
  std::vector<std::string> operands;
  std::string result;
};

constexpr char kDots = '.';  // an ellipsis while the ranks of the operands are not looked at; sorts before letters

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

Equation parsed(std::string_view text) {
  std::string plain;
  std::ranges::copy_if(text, std::back_inserter(plain), [](char c) { return c != ' '; });
  for (std::size_t at = plain.find("..."); at != std::string::npos; at = plain.find("...", at + 1)) {
    plain.replace(at, 3, 1, kDots);
  }
  if (plain.find("..") != std::string::npos) refuse(text, "has stray dots", "\"...\"", "..");
  const std::size_t arrow = plain.find("->");
  const std::string left = plain.substr(0, arrow);
  Equation equation{{""}, {}};
  std::map<char, int> counts;
  for (const char c : left) {
    if (c == kDots && !equation.operands.back().ends_with(kDots)) {
      if (equation.operands.back().find(kDots) != std::string::npos) {
        refuse(text, "has two ellipses in one operand", "one \"...\"", "two");
      }
      equation.operands.back() += c;
      counts[c] = 1;
    } else if (c == ',') {
      equation.operands.emplace_back();
    } else if (is_letter(c)) {
      equation.operands.back() += c;
      ++counts[c];
    } else {
      refuse(text, "has something other than letters and commas", "a to z, A to Z", std::string(1, c));
    }
  }
  if (arrow == std::string::npos) {
    for (const auto& [letter, count] : counts) equation.result += count == 1 ? std::string(1, letter) : "";
    return equation;
  }
  for (const char c : plain.substr(arrow + 2)) {
    if (!counts.contains(c) || equation.result.find(c) != std::string::npos) {
      refuse(text, "has a result that does not follow", "letters of the operands, each once", std::string(1, c));
    }
    equation.result += c;
  }
  if (counts.contains(kDots) && equation.result.find(kDots) == std::string::npos) {
    refuse(text, "loses the axes of its ellipsis", "\"...\" in the result", equation.result);
  }
  return equation;
}

// Gives the axes that an ellipsis stands for the digits 0, 1, … from the right, and stretches them to one extent.
void spread_dots(Equation& equation, std::vector<Tensor>& operands) {
  std::map<char, std::int64_t> extents;
  std::string longest;
  const auto each_dotted_axis = [&](auto visit) {
    for (std::size_t i = 0; i < operands.size(); ++i) {
      for (std::size_t axis = 0; axis < equation.operands[i].size(); ++axis) {
        const char letter = equation.operands[i][axis];
        if (letter >= '0' && letter <= '9') visit(i, static_cast<int>(axis), letter);
      }
    }
  };
  for (std::size_t i = 0; i < operands.size(); ++i) {
    std::string& letters = equation.operands[i];
    const std::size_t dots = letters.find(kDots), named = letters.size() - 1;
    const auto rank = static_cast<std::size_t>(operands[i].shape().rank());
    if (dots == std::string::npos || rank < named) continue;  // what does not fit is refused with the letters
    std::string digits;
    for (std::size_t k = rank - named; k-- > 0;) digits += static_cast<char>('0' + k);
    letters.replace(dots, 1, digits);
    if (digits.size() > longest.size()) longest = digits;
  }
  if (const std::size_t dots = equation.result.find(kDots); dots != std::string::npos) {
    equation.result.replace(dots, 1, longest);
  }
  each_dotted_axis([&](std::size_t i, int axis, char digit) {
    std::int64_t& extent = extents.try_emplace(digit, 1).first->second;
    if (extent == 1) extent = operands[i].shape()[axis];
  });
  each_dotted_axis([&](std::size_t i, int axis, char digit) {
    Shape shape = operands[i].shape();
    if (axis >= shape.rank() || shape[axis] != 1) return;
    shape[axis] = extents[digit];
    operands[i] = broadcast(operands[i], Shape(shape.extents()));
  });
}

// Axes in the order of `letters`, which are those of the term.
Tensor ordered(const Term& term, std::string_view letters) {
  Integers axes;
  for (const char letter : letters) axes.push_back(term.axis(letter));
  return std::ranges::is_sorted(axes) ? term.x : transpose(term.x, axes);
}

// Where a letter stands twice, only the places where both count the same: every n + 1st of the n · n.
Term diagonal(Term term) {
  for (std::size_t i = 0; i < term.letters.size(); ++i) {
    const std::size_t twin = term.letters.find(term.letters[i], i + 1);
    if (twin == std::string::npos) continue;
    Integers axes, extents, size;
    std::string letters;
    for (std::size_t axis = 0; axis < term.letters.size(); ++axis) {
      if (axis == i || axis == twin) continue;
      axes.push_back(static_cast<std::int64_t>(axis));
      extents.push_back(term.x.shape()[static_cast<int>(axis)]);
      letters += term.letters[axis];
    }
    axes.insert(axes.end(), {static_cast<std::int64_t>(i), static_cast<std::int64_t>(twin)});
    size = extents;
    const std::int64_t n = term.x.shape()[static_cast<int>(i)];
    extents.push_back(n * n);
    size.push_back(n);
    Integers step(size.size(), 1);
    step.back() = n + 1;
    const Tensor flat = reshape(transpose(term.x, axes), shape_of(extents));
    return diagonal({slice(flat, Integers(size.size(), 0), size, step), letters + term.letters[i]});
  }
  return term;
}

// Sums over the letters that nobody needs.
Term summed(const Term& term, std::string_view needed) {
  Integers axes;
  std::string letters;
  for (const char letter : term.letters) {
    if (needed.find(letter) == std::string_view::npos) {
      axes.push_back(term.axis(letter));
    } else {
      letters += letter;
    }
  }
  return axes.empty() ? term : Term{sum(term.x, axes), letters};
}

Term joined(const Term& first, const Term& second, const std::string& needed) {
  const Term a = summed(first, needed + second.letters), b = summed(second, needed + first.letters);
  std::string batch, inner, left, right;
  for (const char c : a.letters) {
    (!b.has(c) ? left : needed.find(c) != std::string::npos ? batch : inner) += c;
  }
  for (const char c : b.letters) right += a.has(c) ? "" : std::string(1, c);
  const auto elements = [](const Term& term, std::string_view letters) {
    std::int64_t count = 1;
    for (const char c : letters) count *= term.x.shape()[static_cast<int>(term.axis(c))];
    return count;
  };
  const auto matrices = [&](const Term& term, const std::string& rows, const std::string& columns) {
    Integers extents = {elements(term, rows), elements(term, columns)};
    if (!batch.empty()) extents.insert(extents.begin(), elements(term, batch));
    return reshape(ordered(term, batch + rows + columns), shape_of(extents));
  };
  const Tensor x = matrices(a, left, inner), y = matrices(b, inner, right);
  Integers extents;
  for (const char c : batch + left) extents.push_back(a.x.shape()[static_cast<int>(a.axis(c))]);
  for (const char c : right) extents.push_back(b.x.shape()[static_cast<int>(b.axis(c))]);
  // Without a common index to sum over, columns times rows broadcast.
  return {reshape(inner.empty() ? x * y : matmul(x, y), shape_of(extents)), batch + left + right};
}

}  // namespace

Tensor einsum(std::string_view equation, std::span<const Tensor> tensors) {
  Equation wanted = parsed(equation);
  if (tensors.size() != wanted.operands.size()) {
    refuse(equation, "names another number of operands", to_text(static_cast<std::int64_t>(wanted.operands.size())),
           to_text(static_cast<std::int64_t>(tensors.size())));
  }
  std::vector<Tensor> operands(tensors.begin(), tensors.end());
  spread_dots(wanted, operands);
  std::vector<Term> terms;
  std::map<char, std::int64_t> extents;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const Shape& shape = operands[i].shape();
    const std::string& letters = wanted.operands[i];
    bool fits = shape.rank() == static_cast<int>(letters.size());
    for (int axis = 0; fits && axis < shape.rank(); ++axis) {
      fits = extents.emplace(letters[static_cast<std::size_t>(axis)], shape[axis]).first->second == shape[axis];
    }
    if (!fits) {
      throw ShapeError({"[einsum] operand " + to_text(static_cast<std::int64_t>(i)), "does not fit its letters",
                        "an axis for each of \"" + letters + "\", of one size wherever a letter stands", text_of(shape),
                        "Check the equation."});
    }
    terms.push_back(diagonal({operands[i], letters}));
  }
  Term result = terms[0];
  for (std::size_t i = 1; i < terms.size(); ++i) {
    std::string needed = wanted.result;
    for (std::size_t later = i + 1; later < terms.size(); ++later) needed += terms[later].letters;
    result = joined(result, terms[i], needed);
  }
  return ordered(summed(result, wanted.result), wanted.result);
}

}  // namespace vitrine::ops
