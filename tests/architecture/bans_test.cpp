// No banned word is in the sources, and each ban finds an offender.
#include "tests/architecture/bans.h"

#include <doctest/doctest.h>

namespace vitrine::architecture {
namespace {

std::size_t banned(const char* path, const char* code) {
  return banned_words(source_file(path, code)).size();
}

TEST_CASE("no banned word is used") {
  for (const SourceFile& file : repository()) {
    const Findings findings = banned_words(file);
    CHECK_MESSAGE(findings.empty(), joined(findings));
  }
}

TEST_CASE("no banned text stands anywhere") {
  for (const SourceFile& file : repository()) {
    const Findings findings = banned_texts(file);
    CHECK_MESSAGE(findings.empty(), joined(findings));
  }
}

TEST_CASE("the C library's transcendental functions are found in engine and data sets") {
  CHECK(banned("engine/ops/x.cpp", "double y = std::sin(x) + std::tanh(x);") == 2);
  CHECK(banned("datasets/x/x.cpp", "using std::pow;") == 1);
  CHECK(banned("engine/cpu/x.cpp", "y = __builtin_expf(x) + tanhf(x);") == 2);
  CHECK(banned("engine/ops/x.cpp", "y = std::sqrt(x) + std::fma(a, b, c) + std::floor(x) + math::exp(x) + tanh(x);") ==
        0);
  CHECK(banned("app/ui/x.cpp", "y = std::sin(x);") == 0);
}

TEST_CASE("library randomness is found") {
  CHECK(banned("engine/core/x.cpp", "std::uniform_real_distribution<float> d;") == 1);
  CHECK(banned("views/x/session.cpp", "std::shuffle(a, b, std::random_device{});") == 2);
  CHECK(banned("views/x/session.cpp", "deck.shuffle();") == 0);
}

TEST_CASE("numbers as text by other ways than ours are found") {
  CHECK(banned("app/shell/x.cpp", "x = std::stod(t) + strtod(p, nullptr) + atof(p);") == 3);
  CHECK(banned("app/work/x.cpp", "t = std::to_string(0.5);") == 1);
  CHECK(banned("views/x/view.cpp", "std::snprintf(b, n, \"%g\", x);") == 1);
  CHECK(banned("engine/core/x.cpp", "// std::stod is banned\nconst char* t = \"std::stod\";") == 0);
}

TEST_CASE("other programs, sockets and the environment are found") {
  CHECK(banned("app/shell/x.cpp", "std::system(\"xdg-open\"); popen(c, \"r\");") == 2);
  CHECK(banned("engine/core/x.cpp", "int s = ::socket(a, b, c); getaddrinfo(h, p, q, r);") == 2);
  CHECK(banned("app/ui/x.cpp", "auto c = curl_easy_init();") == 1);
  CHECK(banned("app/ui/x.cpp", "std::getenv(\"HOME\");") == 1);
  CHECK(banned("app/main.cpp", "std::getenv(\"HOME\");") == 0);
  CHECK(banned("app/ui/x.cpp", "signal.connect(slot); plug->socket(1);") == 0);
}

TEST_CASE("colours, versions and foreign errors outside their place are found") {
  CHECK(banned("views/x/view.cpp", "auto c = IM_COL32(1, 2, 3, 4);") == 1);
  CHECK(banned("app/ui/theme.cpp", "auto c = IM_COL32(1, 2, 3, 4);") == 0);
  CHECK(banned("app/ui/item.cpp", "#if IMGUI_VERSION_NUM > 18600") == 1);
  CHECK(banned("app/ui/imgui_compat.cpp", "#if IMGUI_VERSION_NUM > 18600") == 0);
  CHECK(banned("engine/ops/x.cpp", "throw std::runtime_error(\"no\");") == 1);
}

TEST_CASE("banned texts are found, in comments and build files too") {
  const auto texts = [](const char* path, std::string text) {
    return banned_texts(source_file(path, std::move(text))).size();
  };
  CHECK(texts("engine/core/x.cpp", std::string("// TO") + "DO: later") == 1);
  CHECK(texts("README.md", std::string("FIX") + "ME") == 1);
  CHECK(texts("engine/CMakeLists.txt", std::string("target_compile_options(x PRIVATE -ffast") + "-math)") == 1);
  CHECK(texts("CMakePresets.json", std::string("-O") + "fast") == 1);
}

TEST_CASE("literals and comments are blanked, code is not") {
  const SourceFile file = source_file("x.cpp", "a; // b\n/* c\n*/ d; \"e\\\"f\"; 'g'; 1'000; R\"x(h\")\" i)x\"; j;");
  std::string seen;
  for (const Word& word : words(file)) seen += std::string(word.text) + " ";
  CHECK(seen == "a d 1 000 j ");
  CHECK(file.code.size() == file.text.size());
}

}  // namespace
}  // namespace vitrine::architecture
