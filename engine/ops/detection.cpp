// Greedy suppression: the best box is kept, those that overlap it go or are weakened, and so on.
#include "engine/ops/detection.h"

#include <algorithm>
#include <array>

#include "engine/core/error.h"
#include "engine/core/math.h"
#include "engine/core/number.h"

namespace vitrine::ops {
namespace {

constexpr std::string_view kSubject = "[suppress_overlaps] ";

std::vector<float> floats_of(const Tensor& x, std::string_view argument, const Shape& shape) {
  if (x.dtype() != DType::float32 || x.shape() != shape) {
    throw ShapeError({std::string(kSubject).append(argument), "is another kind of tensor",
                      text_of(Spec{DType::float32, shape}), text_of(x.spec()),
                      "Give a row of four numbers, and one score, for each box."});
  }
  if (x.symbolic()) {
    throw UsageError({std::string(kSubject).append(argument), "has no numbers while tracing", "a tensor with numbers",
                      "a placeholder of the trace", "Call it outside of a plan, between two of them."});
  }
  return x.floats();
}

double overlap_of(const float* a, const float* b) {
  struct Box {
    double top, left, bottom, right, area;
  };
  const auto box = [](const float* corner) {
    const std::array<double, 4> c{corner[0], corner[1], corner[2], corner[3]};
    Box result{std::min(c[0], c[2]), std::min(c[1], c[3]), std::max(c[0], c[2]), std::max(c[1], c[3]), 0};
    result.area = (result.bottom - result.top) * (result.right - result.left);
    return result;
  };
  const Box p = box(a), q = box(b);
  if (!(p.area > 0) || !(q.area > 0)) return 0;
  const double height = std::max(std::min(p.bottom, q.bottom) - std::max(p.top, q.top), 0.0);
  const double width = std::max(std::min(p.right, q.right) - std::max(p.left, q.left), 0.0);
  return height * width / (p.area + q.area - height * width);
}

struct Candidate {
  double score;
  std::int32_t box;
  std::size_t met;  // kept boxes that have weakened it already
};

// Of equal ones the first box wins.
bool worse(const Candidate& a, const Candidate& b) {
  return a.score < b.score || (a.score == b.score && a.box > b.box);
}

void check(const SuppressionOptions& options) {
  const auto refuse = [](std::string_view argument, std::string expected, std::string got) {
    throw UsageError({std::string(kSubject).append(argument), "is out of range", std::move(expected), std::move(got),
                      "Choose another number."});
  };
  if (options.most < 0) refuse("most", "0 or more", to_text(options.most));
  if (!(options.overlap >= 0 && options.overlap <= 1)) refuse("overlap", "0 to 1", to_text(options.overlap));
  if (!(options.soft_sigma >= 0)) refuse("soft_sigma", "0 or more", to_text(options.soft_sigma));
}

// Whether a candidate is still one after those that were kept since it last met them: overlapping them it goes, or
// loses of its score.
bool survives(Candidate& candidate, std::span<const std::int32_t> kept, std::span<const float> corners,
              const SuppressionOptions& options) {
  const auto corners_of = [&](std::int32_t box) { return &corners[static_cast<std::size_t>(box) * 4]; };
  const double scale = options.soft_sigma > 0 ? -0.5 / options.soft_sigma : 0;
  // From the last kept one back: neighbours in the order are likely neighbours in the picture.
  for (std::size_t k = kept.size(); k > candidate.met; --k) {
    const double overlap = overlap_of(corners_of(candidate.box), corners_of(kept[k - 1]));
    if (overlap >= options.overlap) return false;
    if (scale != 0 && overlap > 0)
      candidate.score *= static_cast<double>(math::exp_of(static_cast<float>(scale * overlap * overlap)));
    if (candidate.score <= options.least_score) return false;
  }
  candidate.met = kept.size();
  return candidate.score > options.least_score;  // an endless score that lost all is no number, and goes
}

}  // namespace

Suppression suppress_overlaps(const Tensor& boxes, const Tensor& scores, const SuppressionOptions& options) {
  check(options);
  const std::int64_t count = boxes.shape().rank() == 2 ? boxes.shape()[0] : 0;
  const std::vector<float> corners = floats_of(boxes, "boxes", {count, 4});
  const std::vector<float> strengths = floats_of(scores, "scores", {count});
  const auto most = static_cast<std::size_t>(std::min(options.most, count));

  std::vector<Candidate> candidates;  // a heap with the best on top
  for (std::int32_t box = 0; box < count; ++box) {
    const auto score = static_cast<double>(strengths[static_cast<std::size_t>(box)]);
    if (score > options.least_score) candidates.push_back({score, box, 0});
  }
  std::ranges::make_heap(candidates, worse);
  std::vector<std::int32_t> kept;
  std::vector<float> kept_scores;
  while (kept.size() < most && !candidates.empty()) {
    std::ranges::pop_heap(candidates, worse);
    Candidate candidate = candidates.back();
    candidates.pop_back();
    const double before = candidate.score;
    if (!survives(candidate, kept, corners, options)) continue;
    if (candidate.score == before) {
      kept.push_back(candidate.box);
      kept_scores.push_back(static_cast<float>(before));
    } else {
      candidates.push_back(candidate);
      std::ranges::push_heap(candidates, worse);
    }
  }
  const auto valid = static_cast<std::int64_t>(kept.size());
  if (options.padded) {
    kept.resize(most, 0);
    kept_scores.resize(most, 0);
  }
  Backend& backend = boxes.operand().buffer->backend();
  const Shape shape{static_cast<std::int64_t>(kept.size())};
  return {tensor(backend, {DType::int32, shape}, std::as_bytes(std::span(kept))), tensor(backend, kept_scores, shape),
          valid};
}

}  // namespace vitrine::ops
