// What is done to inputs before a network sees them: scaling, cropping, resizing, categories as rows of 0 and 1, and
// pictures varied by chance while training.
#include <algorithm>

#include "engine/nn/call.h"
#include "engine/nn/layers.h"
#include "engine/nn/weight_arguments.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/arrange.h"
#include "engine/ops/comparison.h"
#include "engine/ops/gather.h"
#include "engine/ops/image.h"
#include "engine/ops/layout.h"
#include "engine/ops/reduction.h"
#include "engine/ops/types.h"

namespace vitrine::nn {
namespace {

constexpr auto kRescalingArguments = rows(Argument{"scale", Takes::real, kRequired, "times what comes in"},
                                          Argument{"offset", Takes::real, 0.0, "added afterwards"});

void rescaling(Call& call) {
  const Tensor x = ops::at_least(call.input(), DType::float32);
  const Tensor scaled = static_cast<float>(call.arguments().real("scale")) * x;
  call.output(scaled + like(x, static_cast<float>(call.arguments().real("offset"))));
}

constexpr Argument kHeight = Argument{"height", Takes::whole, kRequired, "of the answer, in cells"}.at_least(1);
constexpr Argument kWidth = Argument{"width", Takes::whole, kRequired, "of the answer, in cells"}.at_least(1);
constexpr auto kCropArguments = rows(kHeight, kWidth);

// Of pictures [.., height, width, channels] so much around the centre.
Tensor centre(const Tensor& x, std::int64_t height, std::int64_t width) {
  const int rank = x.shape().rank();
  Integers begin(static_cast<std::size_t>(rank), 0), size(x.shape().extents().begin(), x.shape().extents().end());
  const auto rows_at = static_cast<std::size_t>(rank - 3);
  begin[rows_at] = (size[rows_at] - height) / 2;
  begin[rows_at + 1] = (size[rows_at + 1] - width) / 2;
  size[rows_at] = height;
  size[rows_at + 1] = width;
  return ops::slice(x, begin, size);
}

// The largest part around the centre with the proportions of height and width.
Tensor of_proportions(const Tensor& x, std::int64_t height, std::int64_t width) {
  const int rank = x.shape().rank();
  const std::int64_t rows_in = x.shape()[rank - 3], columns_in = x.shape()[rank - 2];
  const std::int64_t rows_out = std::clamp<std::int64_t>(columns_in * height / width, 1, rows_in);
  const std::int64_t columns_out = std::clamp<std::int64_t>(rows_in * width / height, 1, columns_in);
  return centre(x, rows_out, columns_out);
}

void center_crop(Call& call) {
  const Tensor& x = call.input();
  const std::int64_t height = call.arguments().whole("height"), width = call.arguments().whole("width");
  const int rank = x.shape().rank();
  if (x.shape()[rank - 3] >= height && x.shape()[rank - 2] >= width) return call.output(centre(x, height, width));
  call.output(ops::resize(of_proportions(x, height, width), height, width, {.half_pixel_centers = true}));
}

constexpr auto kResizingArguments =
    rows(kHeight, kWidth,
         Argument{"interpolation", Takes::choice, "bilinear", "what lies between cells", "bilinear nearest"},
         Argument{"crop_to_aspect_ratio", Takes::truth, false, "whether proportions stay and borders go"},
         Argument{"align_corners", Takes::truth, true, "whether the corner cells stay in the corners"}.ours(false),
         Argument{"half_pixel_centers", Takes::truth, false, "whether cells are squares, not points"}.ours(true));

void resizing(Call& call) {
  const Arguments& a = call.arguments();
  const std::int64_t height = a.whole("height"), width = a.whole("width");
  const bool crop = a.truth("crop_to_aspect_ratio");
  const Tensor x = crop ? of_proportions(call.input(), height, width) : call.input();
  const bool nearest = a.text("interpolation") == "nearest";
  const ops::ResizeOptions options{nearest ? ops::Interpolation::nearest : ops::Interpolation::bilinear,
                                   a.truth("align_corners") && !crop, a.truth("half_pixel_centers")};
  call.output(ops::resize(x, height, width, options));
}

constexpr auto kCategoryArguments =
    rows(Argument{"num_tokens", Takes::whole, kRequired, "how many categories there are"}.at_least(1),
         Argument{"output_mode", Takes::choice, "multi_hot", "1 where it is, where any is, or how many there are",
                  "multi_hot one_hot count"},
         Argument{"sparse", Takes::ignored, kNone, "answers are dense"});

// The categories of a sample are its last axis; where that has extent 1, it is the category itself.
void category_encoding(Call& call) {
  const Arguments& a = call.arguments();
  const std::string_view mode = a.text("output_mode");
  const Tensor ids = ops::cast(call.input(), DType::int32);
  const Tensor rows_of = ops::one_hot(ids, a.whole("num_tokens"), 1, 0, DType::float32);
  const std::int64_t categories = rows_of.shape().rank() - 2;
  if (mode == "count") {
    const Tensor weighted = call.inputs() > 1 ? rows_of * ops::expand_dims(call.input(1), -1) : rows_of;
    return call.output(ops::sum(weighted, {categories}));
  }
  const bool several = ids.shape()[ids.shape().rank() - 1] != 1;
  if (mode == "one_hot" && several) return call.output(rows_of);
  call.output(ops::max(rows_of, {categories}));
}

constexpr auto kFlipArguments =
    rows(Argument{"mode", Takes::choice, "horizontal_and_vertical", "which way pictures are turned over",
                  "horizontal vertical horizontal_and_vertical"},
         kIgnoredSeed);
constexpr auto kContrastArguments =
    rows(Argument{"factor", Takes::real, kRequired, "how much contrast may change"}.between(0, 1), kIgnoredSeed);

// One chance for each picture of the batch.
Tensor chances(const Call& call, std::int64_t use, double low, double high) {
  return ops::random_uniform(call.draws(use), {call.input().shape()[0], 1, 1, 1}, low, high);
}

Tensor turned_over(const Call& call, const Tensor& x, std::int64_t axis) {
  const Tensor chance = chances(call, axis, 0, 1);
  return ops::where(ops::less(chance, like(chance, 0.5f)), ops::reverse(x, {axis}), x);
}

void random_flip(Call& call) {
  Tensor x = call.input();
  const std::string_view mode = call.arguments().text("mode");
  if (call.training() && mode != "horizontal") x = turned_over(call, x, 1);
  if (call.training() && mode != "vertical") x = turned_over(call, x, 2);
  call.output(x);
}

void random_contrast(Call& call) {
  const Tensor& x = call.input();
  if (!call.training()) return call.output(x);
  const double factor = call.arguments().real("factor");
  const Tensor mean = ops::mean(x, {1, 2}, true);
  call.output((x - mean) * chances(call, 0, 1 - factor, 1 + factor) + mean);
}

void expect_pictures(Build& build) {
  build.expect_rank(4);
}

}  // namespace

namespace layers {
const LayerKind Rescaling{.name = "Rescaling",
                          .meaning = "times a number, plus another",
                          .arguments = kRescalingArguments,
                          .call = rescaling};
const LayerKind CenterCrop{.name = "CenterCrop",
                           .meaning = "the middle of a picture",
                           .arguments = kCropArguments,
                           .weights = expect_pictures,
                           .call = center_crop};
const LayerKind Resizing{.name = "Resizing",
                         .meaning = "a picture in another size",
                         .arguments = kResizingArguments,
                         .weights = expect_pictures,
                         .call = resizing};
const LayerKind CategoryEncoding{.name = "CategoryEncoding",
                                 .meaning = "categories as rows of 0 and 1",
                                 .arguments = kCategoryArguments,
                                 .most_inputs = 2,
                                 .call = category_encoding};
const LayerKind RandomFlip{.name = "RandomFlip",
                           .meaning = "pictures turned over by chance while training",
                           .arguments = kFlipArguments,
                           .weights = expect_pictures,
                           .call = random_flip};
const LayerKind RandomContrast{.name = "RandomContrast",
                               .meaning = "pictures with more or less contrast while training",
                               .arguments = kContrastArguments,
                               .weights = expect_pictures,
                               .call = random_contrast};
}  // namespace layers

}  // namespace vitrine::nn
