// Trees of cuts in one list.
#include "datasets/anomaly/isolation_forest.h"

#include <algorithm>
#include <numeric>

#include "engine/core/math_double.h"
#include "engine/core/math_power.h"
#include "engine/core/random.h"

namespace vitrine::datasets {
namespace {

// As published: more trees or rows change little.
constexpr std::size_t kTrees = 100, kRows = 256;
constexpr int kDepth = 8;  // the logarithm of the rows: what is not alone by then is not strange
constexpr std::uint64_t kForestKey = 0x466F72657374ull;  // keeps these numbers apart from other uses

// How many cuts it takes on average to find one of so many rows.
double usual_depth(std::size_t rows) {
  constexpr double kEuler = 0.5772156649015329;
  if (rows < 2) return 0;
  const auto n = static_cast<double>(rows);
  return rows == 2 ? 1 : 2 * (math::log(n - 1) + kEuler) - 2 * (n - 1) / n;
}

struct Cut {
  int below = -1, above = -1;  // −1: a leaf
  std::size_t column = 0;
  float at = 0;
  double depth = 0;  // of a leaf, with what its rows would still take
};

class Tree {
 public:
  Tree(const RowTable& known, std::vector<std::size_t> rows, random::Draw draw) : known_(known), draw_(draw) {
    grow(rows, 0);
  }
  double depth_of(std::span<const float> row) const {
    const Cut* cut = &cuts_.front();
    while (cut->below >= 0)
      cut = &cuts_[static_cast<std::size_t>(row[cut->column] < cut->at ? cut->below : cut->above)];
    return cut->depth;
  }

 private:
  int grow(std::span<std::size_t> rows, int depth) {
    const auto here = cuts_.size();
    cuts_.emplace_back();
    cuts_[here].depth = depth + usual_depth(rows.size());
    if (rows.size() < 2 || depth == kDepth) return static_cast<int>(here);
    const auto column = static_cast<std::size_t>(std::uint64_t{draw_.word()} * known_.width >> 32);
    const auto value = [&](std::size_t row) { return known_[row][column]; };
    const auto [least, most] = std::ranges::minmax(rows, {}, value);
    const float at = value(least) + (value(most) - value(least)) * draw_.above_zero();
    const auto split = std::partition(rows.begin(), rows.end(), [&](std::size_t row) { return value(row) < at; });
    const auto low = static_cast<std::size_t>(split - rows.begin());
    if (low == 0) return static_cast<int>(here);  // all alike in this column
    const int below = grow(rows.first(low), depth + 1), above = grow(rows.subspan(low), depth + 1);
    cuts_[here].below = below, cuts_[here].above = above, cuts_[here].column = column, cuts_[here].at = at;
    return static_cast<int>(here);
  }

  const RowTable& known_;
  random::Draw draw_;
  std::vector<Cut> cuts_;
};

std::vector<std::size_t> sampled(std::size_t count, random::Draw& draw) {
  std::vector<std::size_t> rows(count);
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  const std::size_t wanted = std::min(count, kRows);
  for (std::size_t i = 0; i < wanted; ++i) {
    const auto place = i + static_cast<std::size_t>(std::uint64_t{draw.word()} * (count - i) >> 32);
    std::swap(rows[i], rows[place]);
  }
  rows.resize(wanted);
  return rows;
}

}  // namespace

std::vector<float> isolation_scores(const RowTable& known, const RowTable& asked) {
  std::vector<double> depths(asked.rows());
  if (known.rows() == 0) return std::vector<float>(asked.rows());
  for (std::size_t tree = 0; tree < kTrees; ++tree) {
    random::Draw draw(kForestKey, 0, tree);
    std::vector<std::size_t> rows = sampled(known.rows(), draw);
    const Tree grown(known, std::move(rows), draw);
    for (std::size_t i = 0; i < asked.rows(); ++i) depths[i] += grown.depth_of(asked[i]) / kTrees;
  }
  const double usual = std::max(1e-9, usual_depth(std::min(known.rows(), kRows)));
  std::vector<float> scores;
  for (const double depth : depths) scores.push_back(math::pow_of(2.0f, static_cast<float>(-depth / usual)));
  return scores;
}

}  // namespace vitrine::datasets
