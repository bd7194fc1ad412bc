// Numbers as the text of a control: a drawn beat, a point of the code. Blanks or commas between them, shortest decimals
// that read back as the same values.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::views::heartbeats {

std::vector<float> read_numbers(std::string_view text, std::string_view subject);  // UsageError naming the subject
std::string write_numbers(std::span<const float> numbers);

}  // namespace vitrine::views::heartbeats
