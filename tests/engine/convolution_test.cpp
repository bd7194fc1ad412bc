// What convolutions, pools and image functions promise beyond their entries: paddings, ties, NaN, margins, refusals.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/graph/plan.h"
#include "engine/ops/convolution.h"
#include "engine/ops/detection.h"
#include "engine/ops/gradients.h"
#include "engine/ops/image.h"
#include "engine/ops/morphology.h"
#include "engine/ops/pooling.h"
#include "engine/ops/reduction.h"

namespace vitrine {
namespace {

using Floats = std::vector<float>;

struct Room {
  std::unique_ptr<Backend> cpu = open_device("cpu");
  Tensor operator()(Floats values, Shape shape) const { return tensor(*cpu, values, shape); }
};

ops::Window strided(std::int64_t stride, ops::Padding padding) {
  return {.strides = {stride}, .dilations = {1}, .padding = std::move(padding)};
}

std::string complaint_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was refused";
}

TEST_CASE("same padding keeps ceil(n / stride) places and puts the odd cell behind") {
  const Room room;
  const Tensor x = room({1, 2, 3, 4}, {1, 4, 1});
  const Tensor ones = room({1, 1}, {2, 1, 1});
  CHECK(ops::convolution(x, ones, strided(1, ops::Padding::same())).floats() == Floats{3, 5, 7, 4});
  CHECK(ops::convolution(x, ones, strided(3, ops::Padding::same())).floats() == Floats{3, 4});
  CHECK(ops::convolution(x, ones).floats() == Floats{3, 5, 7});
  CHECK(ops::convolution(x, ones, strided(1, ops::Padding::sides({2}, {0}))).floats() == Floats{0, 1, 3, 5, 7});
}

TEST_CASE("rounding up lets a cut-off window count") {
  const Room room;
  const Tensor x = room({1, 2, 3, 4, 5, 6}, {1, 6, 1});
  ops::Padding padding = ops::Padding::around(0);
  CHECK(ops::convolution(x, room({1, 1, 1}, {3, 1, 1}), strided(2, padding)).floats() == Floats{6, 12});
  padding.round_up = true;
  CHECK(ops::convolution(x, room({1, 1, 1}, {3, 1, 1}), strided(2, padding)).floats() == Floats{6, 12, 11});
}

TEST_CASE("the margin takes no part: neither infinite weights nor a NaN beside it make one") {
  const Room room;
  const float infinity = std::numeric_limits<float>::infinity();
  const auto y = ops::convolution(room({1, 2}, {1, 2, 1}), room({infinity, 1}, {2, 1, 1}),
                                  strided(1, ops::Padding::sides({1}, {0})))
                     .floats();
  CHECK(y == Floats{1, infinity});
}

TEST_CASE("a transposed convolution undoes the shape of a convolution, and refuses one it cannot come from") {
  const Room room;
  const Tensor x = room({1, 2}, {1, 2, 1});
  const Tensor filter = room({1, 10, 100}, {3, 1, 1});
  CHECK(ops::transposed_convolution(x, filter, {1, 5, 1}, strided(2, {})).floats() == Floats{1, 10, 102, 20, 200});
  const std::string refusal = complaint_of([&] {
    (void)ops::transposed_convolution(x, filter, {1, 7, 1}, strided(2, {}));
  });
  CHECK(refusal.find("[convolution_input_gradient] dy") != std::string::npos);
  CHECK(refusal.find("expected [3]; got [2]") != std::string::npos);
}

TEST_CASE("a max pool sends its gradient to the first winner only, and a NaN wins") {
  const Room room;
  const Tensor x = watch(room({1, 5, 5, 2}, {1, 4, 1}));
  const Tensor y = ops::max_pool(x, {4});
  CHECK(y.floats() == Floats{5});
  CHECK(ops::gradients(y, {&x, 1}).front().floats() == Floats{0, 1, 0, 0});
  const float nan = std::numeric_limits<float>::quiet_NaN();
  CHECK(std::isnan(ops::max_pool(room({1, nan, 7}, {1, 3, 1}), {3}).floats()[0]));
  CHECK(ops::max_pool_winners(room({1, nan, 7}, {1, 3, 1}), {3}).floats() == Floats{1});
}

TEST_CASE("a mean pool divides by the cells that are there, and so does its gradient") {
  const Room room;
  const Tensor x = watch(room({2, 4, 6}, {1, 3, 1}));
  const Tensor y = ops::average_pool(x, {2}, strided(2, ops::Padding::same()));
  CHECK(y.floats() == Floats{3, 6});
  CHECK(ops::gradients(ops::sum(y), {&x, 1}).front().floats() == Floats{0.5f, 0.5f, 1});
}

TEST_CASE("a dilation takes the first of equal taps") {
  const Room room;
  const Tensor x = watch(room({1, 2}, {1, 1, 2, 1}));
  const Tensor filter = watch(room({1, 0}, {1, 2, 1}));
  const Tensor y = ops::dilate(x, filter);
  CHECK(y.floats() == Floats{2});
  const Tensor sources[] = {x, filter};
  const auto gradients = ops::gradients(y, sources);
  CHECK(gradients[0].floats() == Floats{1, 0});
  CHECK(gradients[1].floats() == Floats{1, 0});
}

TEST_CASE("an image without a batch axis gives a result without one") {
  const Room room;
  const Tensor x = room({1, 2, 3, 4}, {2, 2, 1});
  CHECK(ops::convolution(x, room({1}, {1, 1, 1, 1})).shape() == Shape{2, 2, 1});
  CHECK(ops::max_pool(x, {2, 2}).shape() == Shape{1, 1, 1});
  CHECK(ops::resize(x, 3, 5).shape() == Shape{3, 5, 1});
  CHECK(ops::rotate(x, 0.5).shape() == Shape{2, 2, 1});
}

TEST_CASE("resizing traces, and a plan gives its bits") {
  const Room room;
  const Floats cells{1, 2, 3, 4, 5, 6};
  Plan plan = compile(trace([&](Tracer& t) {
                        const Tensor x = t.input("x", {DType::float32, {1, 2, 3, 1}});
                        t.output("y", ops::resize(x, 3, 4, {.half_pixel_centers = true}));
                      }),
                      *room.cpu);
  plan.bind(0, cells);
  plan.run();
  CHECK(plan.read("y") == ops::resize(room(cells, {1, 2, 3, 1}), 3, 4, {.half_pixel_centers = true}).floats());
}

TEST_CASE("a turned image is filled channel by channel where nothing comes from") {
  const Room room;
  const double half_turn = 3.14159265358979323846;
  const Tensor x = room({1, 2, 3, 4}, {1, 1, 2, 2});
  CHECK(ops::rotate(x, half_turn, {7, 9}, 0, 0).floats() == Floats{1, 2, 7, 9});
  CHECK(ops::rotate(x, half_turn, {5}, 0, 0).floats() == Floats{1, 2, 5, 5});
}

TEST_CASE("a projection to infinity or to no number shows the fill") {
  const Room room;
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const Tensor x = room({1, 2, 3, 4}, {1, 2, 2, 1});
  for (const auto interpolation : {ops::Interpolation::nearest, ops::Interpolation::bilinear}) {
    for (const Floats& row : {Floats{1, 0, 0, 0, 1, 0, -1, 0}, Floats{nan, 0, nan, 0, 1, 0, 0, 0}}) {
      const auto y = ops::transform(x, room(row, {1, 8}), 1, 2, interpolation, ops::FillMode::constant, 9).floats();
      CHECK(y[1] == 9);
    }
  }
  CHECK(complaint_of([&] { (void)ops::rotate(x, 1e300); }).find("[rotate] radians") == 0);
}

TEST_CASE("what must be known before an image can be read is refused while tracing") {
  const Room room;
  std::string crop, project, boxes;
  const std::int32_t zero[] = {0};
  (void)trace([&](Tracer& t) {
    const Tensor x = t.input("x", {DType::float32, {1, 2, 2, 1}});
    const Tensor transforms = t.input("transforms", {DType::float32, {1, 8}});
    const Tensor rows = t.input("boxes", {DType::float32, {1, 4}});
    const Tensor scores = t.input("scores", {DType::float32, {1}});
    const Tensor image = tensor(*room.cpu, {DType::int32, {1}}, std::as_bytes(std::span(zero)));
    crop = complaint_of([&] { (void)ops::crop_and_resize(x, rows, image, 2, 2); });
    project = complaint_of([&] { (void)ops::transform(x, transforms, 2, 2); });
    boxes = complaint_of([&] { (void)ops::suppress_overlaps(rows, scores, {.most = 1}); });
    t.output("y", x);
  });
  for (const std::string& refusal : {crop, project, boxes}) {
    CHECK(refusal.find("has no numbers while tracing") != std::string::npos);
  }
}

TEST_CASE("of boxes that overlap the best stays, and equal ones stay in their order") {
  const Room room;
  const Tensor boxes = room({0, 0, 1, 1, 1, 1, 0, 0.1f, 5, 5, 6, 6, 5, 5, 5, 6}, {4, 4});
  const Tensor scores = room({0.5f, 0.9f, 0.5f, 0.5f}, {4});
  const auto kept = ops::suppress_overlaps(boxes, scores, {.most = 4});
  CHECK(kept.indices.floats() == Floats{1, 2, 3});
  CHECK(kept.scores.floats() == Floats{0.9f, 0.5f, 0.5f});
  const auto padded = ops::suppress_overlaps(boxes, scores, {.most = 9, .least_score = 0.5, .padded = true});
  CHECK(padded.indices.floats() == Floats{1, 0, 0, 0});
  CHECK(padded.valid == 1);
}

TEST_CASE("a box whose endless score is lost to one that is kept goes, and the choice comes to its end") {
  const Room room;
  const Tensor boxes = room({0, 0, 1, 1, 0, 0, 1, 0.9f, 5, 5, 6, 6}, {3, 4});
  const Tensor scores = room({INFINITY, INFINITY, 0.5f}, {3});
  const auto kept =
      ops::suppress_overlaps(boxes, scores, {.most = 3, .overlap = 1, .least_score = 0, .soft_sigma = 1e-4});
  CHECK(kept.indices.floats() == Floats{0, 2});
}

}  // namespace
}  // namespace vitrine
