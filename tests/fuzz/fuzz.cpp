// Mutations by counted random numbers, so that a fault's number is enough to repeat it.
#include "tests/fuzz/fuzz.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"
#include "engine/core/random.h"

namespace vitrine::fuzz {
namespace {

constexpr std::uint64_t kFewRuns = 3000;  // in every test run

std::size_t below(random::Draw& draw, std::size_t count) {
  return count == 0 ? 0 : static_cast<std::size_t>(std::uint64_t{draw.word()} * count >> 32);
}

void change(std::string& bytes, const std::vector<std::string>& seeds, random::Draw& draw) {
  constexpr unsigned char kTelling[] = {0, 1, 0x7F, 0x80, 0xFF, 0xFE, '\n', ',', '"', ' ', '-', '9'};
  const std::size_t at = below(draw, bytes.size());
  switch (below(draw, 8)) {
    case 0:
      if (!bytes.empty()) bytes[at] = static_cast<char>(draw.word());
      break;
    case 1:
      if (!bytes.empty()) bytes[at] = static_cast<char>(kTelling[below(draw, std::size(kTelling))]);
      break;
    case 2:
      if (!bytes.empty()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(draw, 8)));
      break;
    case 3:
      bytes.resize(at);
      break;
    case 4:
      bytes.erase(at, 1 + below(draw, 8));
      break;
    case 5:
      bytes.insert(at, 1 + below(draw, 8), static_cast<char>(kTelling[below(draw, std::size(kTelling))]));
      break;
    case 6:
      bytes.insert(at, bytes.substr(below(draw, bytes.size()), 1 + below(draw, 32)));
      break;
    default: {
      const std::string& other = seeds[below(draw, seeds.size())];
      bytes = bytes.substr(0, at) + other.substr(std::min(other.size(), at));
    }
  }
}

std::string mutated(const std::vector<std::string>& seeds, std::uint64_t number) {
  random::Draw draw(0x66757A7Aull, 0, number);
  std::string bytes = seeds[below(draw, seeds.size())];
  for (std::size_t i = 0, changes = 1 + below(draw, 6); i < changes; ++i) change(bytes, seeds, draw);
  return bytes;
}

std::size_t most_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

void give(const Loader& loader, std::string bytes) {
  try {
    loader(std::move(bytes));
  } catch (const Error&) {  // an answer
  }
}

bool sanitised() {
#ifdef __SANITIZE_ADDRESS__
  return true;  // its shadow and its quarantine are memory of its own
#else
  return false;
#endif
}

}  // namespace

int run(int argc, char** argv, const std::vector<std::string>& seeds, const Loader& loader) {
  std::uint64_t first = 0, seconds = 0;
  std::filesystem::path corpus;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view option = argv[i];
    if (option == "--corpus") corpus = argv[i + 1];
    if (option == "--seconds") seconds = parse_unsigned(argv[i + 1]).value_or(0);
    if (option == "--from") first = parse_unsigned(argv[i + 1]).value_or(0);
  }
  for (const std::string& seed : seeds) loader(seed);  // every one is whole, so an Error here is a fault
  std::size_t replayed = 0;
  if (std::filesystem::is_directory(corpus)) {
    for (const auto& entry : std::filesystem::directory_iterator(corpus)) {
      give(loader, read_file(entry.path(), limits::kPictureFileBytes));
      ++replayed;
    }
  }
  const std::size_t before = most_memory();
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  std::uint64_t number = first;
  for (; seconds > 0 ? std::chrono::steady_clock::now() < end : number < first + kFewRuns; ++number) {
    try {
      give(loader, mutated(seeds, number));
    } catch (const std::exception& fault) {
      std::printf("change %s: %s\n", to_text(static_cast<std::int64_t>(number)).c_str(), fault.what());
      return 1;
    }
  }
  const std::size_t grown = most_memory() - before;
  std::printf(
      "%s changes, %s replayed, memory grew by %s KB\n", to_text(static_cast<std::int64_t>(number - first)).c_str(),
      to_text(static_cast<std::int64_t>(replayed)).c_str(), to_text(static_cast<std::int64_t>(grown / 1024)).c_str());
  // Seeds are small, so all that a loader may take is the spare.
  return grown > limits::kLoaderSpare && !sanitised() ? 1 : 0;
}

}  // namespace vitrine::fuzz
