// The search starts from the beat, from what the model makes of it, and from the normal beats that look most like it.
#include "views/heartbeats/passing.h"

#include "views/heartbeats/nearest.h"

namespace vitrine::views::heartbeats {
namespace {

constexpr std::size_t kNeighbours = 3;

}  // namespace

std::shared_ptr<const Passing> passing_of(const Evidence& e, std::int64_t number) {
  const auto beat = static_cast<std::size_t>(number);
  if (number < 0 || beat >= e.beats.validation.count()) return nullptr;
  if (!(static_cast<double>(e.rebuilt.scores[beat]) > e.threshold)) return nullptr;
  const std::span<const float> recorded = e.beats.table(e.beats.validation)[beat];
  const auto rebuilt = std::span(e.rebuilt.values).subspan(beat * e.beats.width, e.beats.width);
  std::vector<std::vector<float>> passing{{rebuilt.begin(), rebuilt.end()}};
  const datasets::RowTable learnt = e.beats.table(e.beats.learnt);
  for (const Neighbour& each : nearest_normal(e.beats, recorded, kNeighbours)) {
    passing.emplace_back(learnt[each.row].begin(), learnt[each.row].end());
  }
  ScoreSlope slope(e.model, e.weights);
  auto change = smallest_change([&](std::span<const float> at) { return slope(at); }, recorded, e.threshold, passing);
  if (!change) return nullptr;
  return std::make_shared<const Passing>(Passing{beat, std::move(*change)});
}

}  // namespace vitrine::views::heartbeats
