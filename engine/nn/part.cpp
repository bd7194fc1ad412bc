// Regularisers and constraints, and finding a part by what a file or code calls it.
#include "engine/nn/part.h"

#include "engine/core/error.h"
#include "engine/ops/objective.h"

namespace vitrine::nn {
namespace {

constexpr Argument share(std::string_view name, std::string_view meaning) {
  return Argument{name, Takes::real, 0.01, meaning}.at_least(0);
}
constexpr Argument kL1 = share("l1", "of the sum of sizes"), kL2 = share("l2", "of the sum of squares");
constexpr auto kL1L2Arguments = rows(kL1, kL2);
constexpr auto kL1Arguments = rows(kL1), kL2Arguments = rows(kL2);

float number(const Arguments& a, std::string_view name) {
  return static_cast<float>(a.real(name));
}

constexpr Regulariser kRegularisers[] = {
    {"L1L2", "l1 Σ|w| + l2 Σw²", kL1L2Arguments,
     [](const Arguments& a, const Tensor& w) { return ops::penalty(w, number(a, "l1"), number(a, "l2")); }},
    {"L1", "l1 Σ|w|", kL1Arguments,
     [](const Arguments& a, const Tensor& w) { return ops::penalty(w, number(a, "l1"), 0); }},
    {"L2", "l2 Σw²", kL2Arguments,
     [](const Arguments& a, const Tensor& w) { return ops::penalty(w, 0, number(a, "l2")); }},
};

constexpr Argument kAxis{"axis", Takes::whole, 0.0, "along which norms are taken"};
constexpr auto kMaxNormArguments = rows(Argument{"max_value", Takes::real, 2.0, "the largest norm"}.at_least(0), kAxis);
constexpr auto kUnitNormArguments = rows(kAxis);
constexpr auto kMinMaxNormArguments =
    rows(Argument{"min_value", Takes::real, 0.0, "the smallest norm"}.at_least(0),
         Argument{"max_value", Takes::real, 1.0, "the largest norm"}.at_least(0),
         Argument{"rate", Takes::real, 1.0, "how much of the way is gone at once"}.between(0, 1), kAxis);

int axis_of(const Arguments& a, const Tensor& w) {
  const std::int64_t axis = a.whole("axis"), rank = w.shape().rank();
  if (axis < -rank || axis >= rank) a.refuse("axis", "is no axis of the weight", text_of(w.shape()), "Choose one.");
  return static_cast<int>(axis < 0 ? axis + rank : axis);
}

constexpr Constraint kConstraints[] = {
    {"MaxNorm", "scaled down where the norm is too large", kMaxNormArguments,
     [](const Arguments& a, const Tensor& w) { return ops::max_norm(w, number(a, "max_value"), axis_of(a, w)); }},
    {"UnitNorm", "scaled to norm 1", kUnitNormArguments,
     [](const Arguments& a, const Tensor& w) { return ops::unit_norm(w, axis_of(a, w)); }},
    {"NonNeg", "0 where negative", {}, [](const Arguments&, const Tensor& w) { return ops::non_negative(w); }},
    {"MinMaxNorm", "scaled towards a norm between two", kMinMaxNormArguments,
     [](const Arguments& a, const Tensor& w) {
       return ops::min_max_norm(w, number(a, "min_value"), number(a, "max_value"), number(a, "rate"), axis_of(a, w));
     }},
};

// Letters and digits in lower case: "glorot_uniform", "glorotUniform" and "GlorotUniform" are the same name.
std::string plain(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (c != '_') letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return letters;
}

template <class Part>
Chosen<Part> choose(std::string_view path, std::string_view what, std::span<const Part> parts, const Config& config,
                    Convention convention) {
  const Config* named = config.text() != nullptr ? &config : config.find("class_name");
  const std::string name = named != nullptr && named->text() != nullptr ? *named->text() : "";
  std::vector<std::string_view> known;
  for (const Part& part : parts) {
    known.push_back(part.name);
    if (plain(part.name) != plain(name)) continue;
    const Config* given = config.find("config");
    static const Config::Record kNothingGiven;
    const Config::Record& record = given != nullptr && given->record() != nullptr ? *given->record() : kNothingGiven;
    return {&part, resolve(std::string(path) + " " + std::string(part.name), part.arguments, record, convention)};
  }
  const std::string_view like = nearest(name, known);
  throw UsageError({std::string(path), "names no " + std::string(what) + " that there is", "the name of one",
                    text_of(config),
                    like.empty() ? "See the reference of layers." : "Is \"" + std::string(like) + "\" meant?"});
}

}  // namespace

std::span<const Regulariser> all_regularisers() {
  return kRegularisers;
}

std::span<const Constraint> all_constraints() {
  return kConstraints;
}

Chosen<Initialiser> initialiser_of(std::string_view path, const Config& config, Convention convention) {
  return choose(path, "initialiser", all_initialisers(), config, convention);
}
Chosen<Regulariser> regulariser_of(std::string_view path, const Config& config, Convention convention) {
  return choose(path, "regulariser", all_regularisers(), config, convention);
}
Chosen<Constraint> constraint_of(std::string_view path, const Config& config, Convention convention) {
  return choose(path, "constraint", all_constraints(), config, convention);
}

}  // namespace vitrine::nn
