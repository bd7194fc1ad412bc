// Words between blanks, each a finite number.
#include "views/heartbeats/numbers.h"

#include <cmath>

#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine::views::heartbeats {
namespace {

constexpr std::string_view kBetween = " ,\t\n";
constexpr std::size_t kMost = 65536;  // as many as one row of a table may hold
constexpr double kFar = 1e6;          // beyond, squares of floats would soon be infinite

}  // namespace

std::vector<float> read_numbers(std::string_view text, std::string_view subject) {
  std::vector<float> numbers;
  while (true) {
    const std::size_t start = text.find_first_not_of(kBetween);
    if (start == text.npos) return numbers;
    text.remove_prefix(start);
    const std::string_view word = text.substr(0, text.find_first_of(kBetween));
    const std::optional<double> value = parse_real(word);
    if (!value || !(std::fabs(*value) <= kFar) || numbers.size() == kMost) {
      throw UsageError({std::string(subject), "is no list of numbers",
                        "at most " + to_text(static_cast<std::int64_t>(kMost)) + " numbers of ordinary size",
                        std::string(word.substr(0, 40)), "Write numbers with blanks between."});
    }
    numbers.push_back(static_cast<float>(*value));
    text.remove_prefix(word.size());
  }
}

std::string write_numbers(std::span<const float> numbers) {
  std::string text;
  for (const float number : numbers) {
    if (!text.empty()) text += ' ';
    text += to_text(number);
  }
  return text;
}

}  // namespace vitrine::views::heartbeats
