// Hostile texts out of good ones.
#pragma once

#include <string>
#include <string_view>

#include "engine/core/random.h"

namespace vitrine::models {

// Some bytes replaced, cut out or doubled.
inline std::string mutated(std::string text, random::Draw& draw) {
  constexpr std::string_view kLetters = "0123456789-.,:[]{}\"enul ";
  for (std::uint32_t left = 1 + draw.word() % 4; left > 0 && !text.empty(); --left) {
    const std::size_t at = draw.word() % text.size(), length = 1 + draw.word() % 12;
    const std::uint32_t kind = draw.word() % 4;
    if (kind == 0) text.erase(at, length);
    if (kind == 1) text.insert(at, text.substr(draw.word() % text.size(), length));
    if (kind >= 2) text[at] = kLetters[draw.word() % kLetters.size()];
  }
  return text;
}

}  // namespace vitrine::models
