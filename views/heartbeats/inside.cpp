// Answers from the predictor, gradients from an examined step of one beat.
#include "views/heartbeats/inside.h"

#include <algorithm>

namespace vitrine::views::heartbeats {
namespace {

constexpr std::string_view kKernel = "/kernel";

// Only where every unit is led to from every unit before.
std::vector<float> links_of(const nn::Weights& weights, const nn::Layer& layer, std::size_t before, std::size_t units) {
  if (layer.weights().empty()) return {};
  std::vector<float> kernel = weights.read(layer.name() + std::string(kKernel));
  return kernel.size() == before * units ? kernel : std::vector<float>();
}

}  // namespace

Inside look_inside(const Settings& settings, const Beats& beats, std::size_t beat, const Autoencoder& model,
                   const nn::Weights& weights, learn::Predictor& predictor, learn::Examiner* examiner) {
  const std::span<const float> values = beats.table(beats.validation)[beat];
  const std::vector<float> row(values.begin(), values.end());
  const learn::Rows x({static_cast<std::int64_t>(beats.width)}, row);
  Inside inside{.beat = beat, .has_gradients = examiner != nullptr, .layers = {{.name = "beat", .answers = row}}};
  const auto answers = predictor.look_inside({x});
  learn::Examination examined;
  if (examiner) examined = (*examiner)(data_of(settings, beats.width, row));
  for (const nn::Layer& layer : judging_layers(model).all()) {
    const auto found = std::ranges::find(answers, layer.name(), [](const auto& each) { return each.first; });
    const bool reshapes = layer.weights().empty() && layer.name() != "rebuilt";
    if (found == answers.end() || reshapes) continue;
    const auto numbers = found->second.values();
    Inside::Layer next{.name = layer.name(), .answers = {numbers.begin(), numbers.end()}};
    next.weights = links_of(weights, layer, inside.layers.back().answers.size(), next.answers.size());
    const auto pull =
        std::ranges::find(examined.weights, layer.name() + std::string(kKernel), &learn::WeightExamined::name);
    if (pull != examined.weights.end()) next.gradient = pull->gradients.norm;
    inside.layers.push_back(std::move(next));
  }
  return inside;
}

}  // namespace vitrine::views::heartbeats
