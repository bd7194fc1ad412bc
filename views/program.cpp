// Words that programs of several exhibits share.
#include "views/program.h"

#include <algorithm>
#include <array>

#include "engine/core/number.h"

namespace vitrine::views {
namespace {

// $name is the number of that hyper-parameter.
struct OptimiserCall {
  const learn::OptimiserKind* kind;
  std::string_view tensorflow_js, keras, cpp;
};
constexpr OptimiserCall kCalls[] = {
    {&learn::optimisers::Sgd, "sgd($learning_rate)", "SGD(learning_rate=$learning_rate)", "Sgd($learning_rate)"},
    {&learn::optimisers::Momentum, "momentum($learning_rate, $momentum)",
     "SGD(learning_rate=$learning_rate, momentum=$momentum)", "Momentum($learning_rate, {{\"momentum\", $momentum}})"},
    {&learn::optimisers::RmsProp, "rmsprop($learning_rate, $decay, $momentum, $epsilon)",
     "RMSprop(learning_rate=$learning_rate, rho=$decay, momentum=$momentum, epsilon=$epsilon)",
     "RmsProp($learning_rate, {{\"decay\", $decay}, {\"momentum\", $momentum}})"},
    {&learn::optimisers::Adagrad, "adagrad($learning_rate, $initial_accumulator_value)",
     "Adagrad(learning_rate=$learning_rate, initial_accumulator_value=$initial_accumulator_value, epsilon=$epsilon)",
     "Adagrad($learning_rate)"},
    {&learn::optimisers::Adadelta, "adadelta($learning_rate, $rho, $epsilon)",
     "Adadelta(learning_rate=$learning_rate, rho=$rho, epsilon=$epsilon)",
     "Adadelta($learning_rate, {{\"rho\", $rho}})"},
    {&learn::optimisers::Adam, "adam($learning_rate, $beta1, $beta2, $epsilon)",
     "Adam(learning_rate=$learning_rate, beta_1=$beta1, beta_2=$beta2, epsilon=$epsilon)",
     "Adam($learning_rate, {{\"beta1\", $beta1}, {\"beta2\", $beta2}})"},
    {&learn::optimisers::Adamax, "adamax($learning_rate, $beta1, $beta2, $epsilon, $decay)",
     "Adamax(learning_rate=$learning_rate, beta_1=$beta1, beta_2=$beta2, epsilon=$epsilon)",
     "Adamax($learning_rate, {{\"beta1\", $beta1}, {\"beta2\", $beta2}})"},
    {&learn::optimisers::AdamW, "",
     "AdamW(learning_rate=$learning_rate, beta_1=$beta1, beta_2=$beta2, weight_decay=$weight_decay)",
     "AdamW($learning_rate, {{\"beta1\", $beta1}, {\"beta2\", $beta2}})"},
    {&learn::optimisers::Lion, "",
     "Lion(learning_rate=$learning_rate, beta_1=$beta1, beta_2=$beta2, weight_decay=$weight_decay)",
     "Lion($learning_rate, {{\"beta1\", $beta1}, {\"beta2\", $beta2}})"},
};

struct Tongue {
  work::Choice name;
  std::string_view OptimiserCall::*call;
  std::string_view scope;  // of optimisers
};
const std::array<Tongue, 3>& tongues() {
  static const std::array<Tongue, 3> all{{{{"tfjs", "TF.js"}, &OptimiserCall::tensorflow_js, "tf.train."},
                                          {{"keras", "Keras"}, &OptimiserCall::keras, "keras.optimizers."},
                                          {{"cpp", "C++"}, &OptimiserCall::cpp, "learn::optimisers::"}}};
  return all;
}
const Tongue& tongue(Language language) {
  return tongues()[static_cast<std::size_t>(language)];
}

}  // namespace

std::vector<work::Choice> languages() {
  std::vector<work::Choice> all;
  for (const Tongue& each : tongues()) all.push_back(each.name);
  return all;
}

const work::Choice& name_of(Language language) {
  return tongue(language).name;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

std::string joined(std::span<const std::string> words, std::string_view between) {
  std::string all;
  for (std::size_t i = 0; i < words.size(); ++i) all += (i == 0 ? "" : std::string(between)) + words[i];
  return all;
}

std::string joined(std::span<const float> numbers, std::string_view between) {
  std::vector<std::string> words;
  for (const float number : numbers) words.push_back(to_text(number));
  return joined(words, between);
}

void ProgramWriter::note(std::string_view text) {
  line((language_ == Language::keras ? "# " : "// ") + std::string(text));
}

std::string optimiser_call(Language language, const learn::Optimiser& optimiser) {
  const auto* known = std::ranges::find(kCalls, &optimiser.kind(), &OptimiserCall::kind);
  if (known == std::end(kCalls) || (known->*tongue(language).call).empty()) return {};
  std::string text(known->*tongue(language).call);
  for (const std::string_view hyper : optimiser.reals())
    text = replaced(text, "$" + std::string(hyper), to_text(optimiser.value(hyper)));
  return std::string(tongue(language).scope) + text;
}

bool is_about(std::string_view about, std::string_view path) {
  while (!about.empty() && !path.empty()) {
    const std::string_view each = first_of(about);
    if (each == path || each.starts_with(std::string(path) + "[")) return true;
    about.remove_prefix(std::min(about.size(), each.size() + 1));
  }
  return false;
}

std::string_view first_of(std::string_view about) {
  return about.substr(0, about.find(' '));
}

}  // namespace vitrine::views
