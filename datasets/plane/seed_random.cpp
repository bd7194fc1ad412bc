// The ARC4 key schedule, its stream, and how bytes become a double.
#include "datasets/plane/seed_random.h"

#include <string>
#include <utility>

namespace vitrine::datasets {

SeedRandom::SeedRandom(std::string_view seed) {
  // Characters beyond the 256th are smeared over the earlier ones; an empty seed is one zero.
  std::string key;
  unsigned smear = 0;
  for (std::size_t at = 0; at < seed.size(); ++at) {
    const auto letter = static_cast<std::uint8_t>(seed[at]);
    if (at < 256) {
      key.push_back(static_cast<char>(letter));
    } else {
      smear ^= static_cast<std::uint8_t>(key[at & 255]) * 19u;
      key[at & 255] = static_cast<char>(smear + letter);
    }
  }
  if (key.empty()) key.push_back('\0');
  for (std::size_t i = 0; i < 256; ++i) box_[i] = static_cast<std::uint8_t>(i);
  std::uint8_t j = 0;
  for (std::size_t i = 0; i < 256; ++i) {
    j = static_cast<std::uint8_t>(j + static_cast<std::uint8_t>(key[i % key.size()]) + box_[i]);
    std::swap(box_[i], box_[j]);
  }
  for (int i = 0; i < 256; ++i) byte();  // the first bytes of ARC4 tell too much of the key
}

std::uint8_t SeedRandom::byte() {
  const std::uint8_t t = box_[++i_];
  j_ = static_cast<std::uint8_t>(j_ + t);
  std::swap(box_[i_], box_[j_]);
  return box_[static_cast<std::uint8_t>(box_[i_] + t)];
}

double SeedRandom::next() {
  constexpr double kSignificance = 0x1p52, kOverflow = 0x1p53;
  double numerator = 0, denominator = 0x1p48;
  for (int i = 0; i < 6; ++i) numerator = numerator * 256 + byte();
  unsigned last = 0;
  while (numerator < kSignificance) {
    numerator = (numerator + last) * 256;
    denominator *= 256;
    last = byte();
  }
  while (numerator >= kOverflow) {
    numerator /= 2;
    denominator /= 2;
    last >>= 1;
  }
  return (numerator + last) / denominator;
}

}  // namespace vitrine::datasets
