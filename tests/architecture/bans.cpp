// The bans, with the reason of each in its remedy.
#include "tests/architecture/bans.h"

#include <algorithm>

namespace vitrine::architecture {
namespace {

// A pattern is a word of code: "x" anywhere, "x(" where it is called as a free function, "std::x" with that qualifier;
// a star at one end stands for any ending or beginning.
struct Ban {
  std::string_view patterns, folders, except, instead;
};

constexpr Ban kBans[] = {
    {"std::sin std::cos std::tan std::asin std::acos std::atan std::atan2 std::sinh std::cosh std::tanh std::asinh "
     "std::acosh std::atanh std::exp std::exp2 std::expm1 std::log std::log2 std::log10 std::log1p std::pow std::cbrt "
     "std::hypot std::erf std::erfc std::tgamma std::lgamma __builtin_sin* __builtin_cos* __builtin_tan* "
     "__builtin_exp* __builtin_log* __builtin_pow* sinf( cosf( tanf( tanhf( expf( logf( powf(",
     "engine/ datasets/", "", "engine/core/math*: the C library's functions differ from machine to machine"},
    {"*_distribution random_device std::shuffle std::random_shuffle std::rand srand(", kOurs, "",
     "counters with explicit keys: the library's sequences differ from one to the next"},
    {"std::stod std::stof std::stold std::stoi std::stol std::stoul std::stoll std::stoull strtod strtof strtold "
     "strtol "
     "strtoul strtoll strtoull atof atoi atol atoll sscanf sprintf snprintf vsnprintf stringstream istringstream "
     "ostringstream setprecision setlocale std::locale",
     kOurs, "", "engine/core/number.h, which no locale changes"},
    {"std::to_string", "engine/ datasets/ views/ app/work/ app/cli/", "", "to_text of engine/core/number.h"},
    {"system( popen( execl( execlp( execv( execve( execvp( posix_spawn( posix_spawnp(", kOurs,
     "app/shell/assets/fetch_process", "app/shell/assets/fetch_process: Vitrine starts no program but assets/fetch"},
    {"socket( socketpair( connect( getaddrinfo gethostbyname sendto( recvfrom( curl_*", kOurs, "",
     "nothing: Vitrine has no network code"},
    {"IMGUI_VERSION_NUM", "app/ views/ tests/", "app/ui/imgui_compat tests/architecture/",
     "app/ui/imgui_compat, the one place that knows versions"},
    {"IM_COL32 ImColor", "app/ views/", "app/ui/theme app/ui/draw", "the tokens of app/ui/theme.h"},
    {"getenv secure_getenv", kOurs, "app/main.cpp", "what the way in read once and passes on"},
    {"std::runtime_error std::logic_error std::invalid_argument std::out_of_range std::domain_error", kOurs,
     "engine/core/error", "the errors of engine/core/error.h"},
};

// Texts that stand nowhere, not even in a comment. They are put together here so that this table does not find itself.
struct BannedText {
  std::string_view start, end;
  std::string_view except, instead;
};
constexpr BannedText kTexts[] = {
    {"TO", "DO", "", "an issue, or the work itself"},
    {"FIX", "ME", "", "an issue, or the work itself"},
    {"-ffast", "-math", "docs/ CONTRIBUTING.md", "explicit arithmetic: same seed, same bits"},
    {"-fun", "safe-math-optimizations", "docs/ CONTRIBUTING.md", "explicit arithmetic: same seed, same bits"},
    {"-O", "fast", "docs/ CONTRIBUTING.md", "-O2 or -O3: same seed, same bits"},
};

bool matches(const Word& word, std::string_view pattern) {
  const bool free_call = pattern.ends_with('(');
  if (free_call) pattern.remove_suffix(1);
  if (free_call && (!word.called || word.member || (!word.qualifier.empty() && word.qualifier != "std"))) return false;
  if (const std::size_t colons = pattern.find("::"); colons != pattern.npos) {
    if (word.qualifier != pattern.substr(0, colons)) return false;
    pattern.remove_prefix(colons + 2);
  }
  if (pattern.starts_with('*')) return word.text.ends_with(pattern.substr(1));
  if (pattern.ends_with('*')) return word.text.starts_with(pattern.substr(0, pattern.size() - 1));
  return word.text == pattern;
}

}  // namespace

Findings banned_words(const SourceFile& file) {
  Findings findings;
  if (!is_cpp(file)) return findings;
  const std::vector<Word> in_file = words(file);
  for (const Ban& ban : kBans) {
    if (!starts_with_any(file.path, ban.folders) || starts_with_any(file.path, ban.except)) continue;
    const auto patterns = split(ban.patterns);
    for (const Word& word : in_file) {
      if (std::ranges::none_of(patterns, [&](std::string_view pattern) { return matches(word, pattern); })) continue;
      findings.push_back(
          finding(file, word.at, std::string(word.text) + " is not used here; use " + std::string(ban.instead)));
    }
  }
  return findings;
}

Findings banned_texts(const SourceFile& file) {
  Findings findings;
  for (const BannedText& ban : kTexts) {
    if (starts_with_any(file.path, ban.except)) continue;
    const std::string banned = std::string(ban.start) + std::string(ban.end);
    for (std::size_t at = file.text.find(banned); at != file.text.npos; at = file.text.find(banned, at + 1)) {
      findings.push_back(finding(file, at, banned + " stands nowhere; instead " + std::string(ban.instead)));
    }
  }
  return findings;
}

}  // namespace vitrine::architecture
