// The error is held for a plane at the place where the search stands; the nearest beat on the side that passes is where
// it goes on (as Moosavi-Dezfooli, Fawzi and Frossard 2016 do for classes). Bisection makes the end exact.
#include "views/heartbeats/smallest_change.h"

#include <algorithm>
#include <cmath>

#include "engine/ops/arithmetic.h"
#include "engine/ops/gradients.h"
#include "engine/ops/reduction.h"

namespace vitrine::views::heartbeats {
namespace {

constexpr int kTurns = 24;            // of one search: the first few settle it where the error is nearly a parabola
constexpr int kHalvings = 24;         // of a bisection: as fine as a float
constexpr double kInside = 1 - 1e-4;  // of the threshold: rounding may not flag what just passes
constexpr double kFarthest = 2;       // times as far as the search went: there must be a passing beat on the way
constexpr double kLeastSlope = 1e-30;

std::int64_t width_of(const nn::Model& model) {
  return model.inputs().front().extents.back();
}

Graph slope_graph(const nn::Model& model, const nn::Weights& weights) {
  return trace([&](Tracer& t) {
    const Tensor beat = t.input("beat", {DType::float32, Shape{1, width_of(model)}});
    const Tensor inputs[] = {beat};
    const Tensor rebuilt = nn::forward(model, weights.regions(t), inputs).outputs.front();
    const Tensor score = ops::mean(ops::square(beat - rebuilt));
    t.output("score", score);
    t.output("gradient", ops::gradients(score, inputs).front());
  });
}

using Beat = std::vector<float>;

double product(std::span<const float> a, std::span<const float> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return sum;
}

Beat way_between(std::span<const float> a, std::span<const float> b) {
  Beat away(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) away[i] = a[i] - b[i];
  return away;
}

Beat moved(std::span<const float> from, std::span<const float> along, double by) {
  Beat beat(from.begin(), from.end());
  for (std::size_t i = 0; i < beat.size(); ++i) beat[i] += static_cast<float>(by) * along[i];
  return beat;
}

class Search {
 public:
  Search(const SlopeAt& slope_at, std::span<const float> beat, double threshold)
      : slope_at_(slope_at), beat_(beat), limit_(threshold * kInside) {}

  void from(Beat place) {
    for (int turn = 0; turn < kTurns; ++turn) {
      const Slope slope = slope_at_(place);
      const double steep = product(slope.gradient, slope.gradient);
      if (!std::isfinite(slope.score) || !(steep > kLeastSlope)) break;
      const double rest = limit_ - slope.score + product(slope.gradient, way_between(place, beat_));
      const Beat next = moved(beat_, slope.gradient, rest / steep);
      // Half the way towards the end: two walls could throw it to and fro.
      place = turn < kTurns / 2 ? next : moved(place, way_between(next, place), 0.5);
    }
    shorten(place);
  }

  // The first passing beat on the way from the beat through a place.
  void shorten(const Beat& place) {
    const Beat way = way_between(place, beat_);
    const auto passes = [&](double share) { return slope_at_(moved(beat_, way, share)).score <= limit_; };
    double outside = 0, inside = passes(1) ? 1 : kFarthest;
    if (inside > 1 && !passes(inside)) return;
    for (int i = 0; i < kHalvings; ++i) {
      const double middle = (outside + inside) / 2;
      (passes(middle) ? inside : outside) = middle;
    }
    const double size = inside * std::sqrt(product(way, way));
    if (best_ && best_->size <= size) return;
    best_ = Change{moved(beat_, way, inside), size, 0};
    best_->score = slope_at_(best_->beat).score;
  }

  const std::optional<Change>& best() const { return best_; }

 private:
  const SlopeAt& slope_at_;
  std::span<const float> beat_;
  double limit_;
  std::optional<Change> best_;
};

}  // namespace

ScoreSlope::ScoreSlope(const nn::Model& autoencoder, const nn::Weights& weights)
    : beat_(static_cast<std::size_t>(width_of(autoencoder))),
      plan_(compile(slope_graph(autoencoder, weights), weights.backend())) {
  plan_.bind(plan_.input("beat"), beat_);
}

Slope ScoreSlope::operator()(std::span<const float> beat) {
  std::ranges::copy(beat, beat_.begin());
  plan_.run();
  return {static_cast<double>(plan_.item(plan_.kept("score"))), plan_.read("gradient")};
}

std::optional<Change> smallest_change(const SlopeAt& slope_at, std::span<const float> beat, double threshold,
                                      std::span<const std::vector<float>> passing) {
  Search search(slope_at, beat, threshold);
  search.from(Beat(beat.begin(), beat.end()));
  for (const Beat& place : passing) {
    search.shorten(place);
    search.from(place);
  }
  return search.best();
}

}  // namespace vitrine::views::heartbeats
