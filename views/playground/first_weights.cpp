// Two ways to begin: the published stream, and the engine's initialisers.
#include "views/playground/first_weights.h"

#include "engine/nn/part.h"

namespace vitrine::views::playground {
namespace {

constexpr double kPublishedReach = 0.5;  // weights from -0.5 to 0.5, whatever a unit's number of inputs
constexpr float kPublishedBias = 0.1f;

// Draws in the order of the published playground: unit by unit, the weights that come into it.
void draw_published(const NetShape& shape, std::size_t features, datasets::SeedRandom& stream, Slab& slab) {
  for (int layer = 1; layer <= shape.layers(); ++layer) {
    const int from = shape.units(layer - 1), to = shape.units(layer);
    std::vector<float> weights(static_cast<std::size_t>(from * to));
    for (int unit = 0; unit < to && (layer > 1 || features > 0); ++unit) {
      for (int input = 0; input < from; ++input) {
        weights[static_cast<std::size_t>(input * to + unit)] =
            static_cast<float>(stream.uniform(-kPublishedReach, kPublishedReach));
      }
    }
    slab.write(slab.region(weights_of(layer)), weights);
    slab.write(slab.region(bias_of(layer)), std::vector<float>(static_cast<std::size_t>(to), kPublishedBias));
  }
}

void draw_named(const Settings& settings, const NetShape& shape, Backend& backend, Slab& slab) {
  const auto chosen = nn::initialiser_of("network.start", nn::Config(settings.start), nn::Convention::ours);
  const float nothing = 0;
  const Tensor zero = tensor(backend, {&nothing, 1}, {});
  for (int layer = 1; layer <= shape.layers(); ++layer) {
    Hasher key;
    key.text(settings.seed).text(settings.start_seed).word(static_cast<std::uint64_t>(layer));
    const ops::Draws draws{static_cast<std::int64_t>(key.finish().low >> 1), zero};
    const Region& region = slab.region(weights_of(layer));
    slab.write(region, chosen.part->make(chosen.arguments, draws, region.shape).floats());
  }
}

}  // namespace

void draw_first_weights(const Settings& settings, const NetShape& shape, std::size_t features,
                        datasets::SeedRandom& stream, Backend& backend, Slab& slab) {
  if (settings.start != kPublished) return draw_named(settings, shape, backend, slab);
  if (settings.start_seed.empty()) return draw_published(shape, features, stream, slab);
  datasets::SeedRandom own(settings.start_seed);
  draw_published(shape, features, own, slab);
}

}  // namespace vitrine::views::playground
