// Calls of the public functions of engine/ops as a confused caller makes them, with arguments drawn by their types:
// each succeeds or is refused with a sentence that says what to do.
#include <doctest/doctest.h>

#include "engine/backends.h"
#include "engine/core/number.h"
#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/arrange.h"
#include "engine/ops/comparison.h"
#include "engine/ops/convolution.h"
#include "engine/ops/creation.h"
#include "engine/ops/dynamic.h"
#include "engine/ops/einsum.h"
#include "engine/ops/gather.h"
#include "engine/ops/linalg.h"
#include "engine/ops/morphology.h"
#include "engine/ops/normal.h"
#include "engine/ops/objective.h"
#include "engine/ops/order.h"
#include "engine/ops/pooling.h"
#include "engine/ops/rounding.h"
#include "engine/ops/text.h"
#include "engine/ops/types.h"
#include "tests/engine/draw.h"

namespace vitrine {
namespace {

using test::draw;
using test::Play;

Play named(Tensor (*(*find)(std::string_view))(const Tensor&, const Tensor&), std::string_view name) {
  return draw(find(name));
}

const std::vector<std::pair<std::string_view, Play>>& functions() {
  using One = Tensor(const Tensor&);
  using Along = Tensor(const Tensor&, Integers, bool);
  static const std::vector<std::pair<std::string_view, Play>> list = {
      {"relu6", draw(ops::relu6)},
      {"clip", draw(ops::clip)},
      {"elu", draw(ops::elu)},
      {"prelu", draw(ops::prelu)},
      {"swish", draw(ops::swish)},
      {"gelu", draw(ops::gelu)},
      {"add", draw(ops::add)},
      {"div", draw(ops::div)},
      {"pow", draw(ops::pow)},
      {"where", draw(ops::where)},
      {"div_no_nan", draw(ops::div_no_nan)},
      {"floor_div", draw(ops::floor_div)},
      {"add_n", draw(ops::add_n)},
      {"stack", draw(ops::stack)},
      {"unstack", draw(ops::unstack)},
      {"split", draw<std::vector<Tensor>, const Tensor&, const Integers&, std::int64_t>(ops::split)},
      {"split in parts", draw<std::vector<Tensor>, const Tensor&, std::int64_t, std::int64_t>(ops::split)},
      {"tile", draw(ops::tile)},
      {"mirror_pad", draw(ops::mirror_pad)},
      {"squeeze", draw(ops::squeeze)},
      {"expand_dims", draw(ops::expand_dims)},
      {"reshaped", draw(ops::reshaped)},
      {"ensure_shape", draw(ops::ensure_shape)},
      {"meshgrid", draw(ops::meshgrid)},
      {"strided_slice", draw(ops::strided_slice)},
      {"part_of", draw(ops::part_of)},
      {"depth_to_space", draw(ops::depth_to_space)},
      {"space_to_batch", draw(ops::space_to_batch)},
      {"batch_to_space", draw(ops::batch_to_space)},
      {"flip_left_right", draw(ops::flip_left_right)},
      {"grayscale_to_rgb", draw(ops::grayscale_to_rgb)},
      {"rgb_to_grayscale", draw(ops::rgb_to_grayscale)},
      {"less", draw(ops::less)},
      {"equal", draw(ops::equal)},
      {"not_equal", draw(ops::not_equal)},
      {"is_nan", draw(ops::is_nan)},
      {"is_finite", draw(ops::is_finite)},
      {"logical_not", draw(ops::logical_not)},
      {"logical_or", draw(ops::logical_or)},
      {"logical_xor", draw(ops::logical_xor)},
      {"bitwise_and", draw(ops::bitwise_and)},
      {"convolution", draw(ops::convolution)},
      {"depthwise_convolution", draw(ops::depthwise_convolution)},
      {"separable_convolution", draw(ops::separable_convolution)},
      {"transposed_convolution", draw(ops::transposed_convolution)},
      {"fill", draw(ops::fill)},
      {"zeros_like", draw(ops::zeros_like)},
      {"ones_like", draw(ops::ones_like)},
      {"eye", draw(ops::eye)},
      {"range", draw(ops::range)},
      {"linspace", draw(ops::linspace)},
      {"suppress_overlaps", draw(ops::suppress_overlaps)},
      {"where_indices", draw(ops::where_indices)},
      {"boolean_mask", draw(ops::boolean_mask)},
      {"unique", draw(ops::unique)},
      {"set_difference", draw(ops::set_difference)},
      {"in_top_k", draw(ops::in_top_k)},
      {"sparse_reshape", draw(ops::sparse_reshape)},
      {"sparse_fill_empty_rows", draw(ops::sparse_fill_empty_rows)},
      {"sparse_segment_sum", draw(ops::sparse_segment_sum)},
      {"threshold", draw(ops::threshold)},
      {"einsum", draw(ops::einsum)},
      {"gather", draw(ops::gather)},
      {"gather_nd", draw(ops::gather_nd)},
      {"scatter_nd", draw(ops::scatter_nd)},
      {"tensor_scatter_update", draw(ops::tensor_scatter_update)},
      {"sparse_to_dense", draw(ops::sparse_to_dense)},
      {"unsorted_segment_sum", draw(ops::unsorted_segment_sum)},
      {"bincount", draw(ops::bincount)},
      {"dense_bincount", draw(ops::dense_bincount)},
      {"confusion_matrix", draw(ops::confusion_matrix)},
      {"one_hot", draw(ops::one_hot)},
      {"band_part", draw(ops::band_part)},
      {"diag", draw(ops::diag)},
      {"resize", draw(ops::resize)},
      {"crop_and_resize", draw(ops::crop_and_resize)},
      {"rotate", draw(ops::rotate)},
      {"transform", draw(ops::transform)},
      {"broadcast", draw(ops::broadcast)},
      {"transpose", draw<Tensor, const Tensor&, Integers>(ops::transpose)},
      {"transpose the last", draw<Tensor, const Tensor&>(ops::transpose)},
      {"slice", draw(ops::slice)},
      {"reverse", draw(ops::reverse)},
      {"pad", draw(ops::pad)},
      {"concat", draw(ops::concat)},
      {"reshape", draw(ops::reshape)},
      {"qr", draw(ops::qr)},
      {"gram_schmidt", draw(ops::gram_schmidt)},
      {"matmul", draw<Tensor, const Tensor&, const Tensor&, bool, bool>(ops::matmul)},
      {"dot", draw(ops::dot)},
      {"outer_product", draw(ops::outer_product)},
      {"finished", draw(ops::finished)},
      {"weighted_loss", draw(ops::weighted_loss)},
      {"absolute_difference", draw(ops::absolute_difference)},
      {"mean_squared_error", draw(ops::mean_squared_error)},
      {"cosine_distance", draw(ops::cosine_distance)},
      {"hinge_loss", draw(ops::hinge_loss)},
      {"huber_loss", draw(ops::huber_loss)},
      {"log_loss", draw(ops::log_loss)},
      {"sigmoid_cross_entropy", draw(ops::sigmoid_cross_entropy)},
      {"softmax_cross_entropy", draw(ops::softmax_cross_entropy)},
      {"dilate", draw(ops::dilate)},
      {"softmax", draw(ops::softmax)},
      {"log_softmax", draw(ops::log_softmax)},
      {"moments", draw(ops::moments)},
      {"norm", draw(ops::norm)},
      {"batch_norm", draw(ops::batch_norm)},
      {"local_response_norm", draw(ops::local_response_norm)},
      {"basic_lstm_cell", draw(ops::basic_lstm_cell)},
      {"max_norm", draw(ops::max_norm)},
      {"unit_norm", draw(ops::unit_norm)},
      {"non_negative", draw(ops::non_negative)},
      {"min_max_norm", draw(ops::min_max_norm)},
      {"penalty", draw(ops::penalty)},
      {"meanSquaredError", named(ops::find_loss, "meanSquaredError")},
      {"meanAbsolutePercentageError", named(ops::find_loss, "meanAbsolutePercentageError")},
      {"meanSquaredLogarithmicError", named(ops::find_loss, "meanSquaredLogarithmicError")},
      {"squaredHinge", named(ops::find_loss, "squaredHinge")},
      {"categoricalHinge", named(ops::find_loss, "categoricalHinge")},
      {"logcosh", named(ops::find_loss, "logcosh")},
      {"categoricalCrossentropy", named(ops::find_loss, "categoricalCrossentropy")},
      {"sparseCategoricalCrossentropy", named(ops::find_loss, "sparseCategoricalCrossentropy")},
      {"binaryCrossentropy", named(ops::find_loss, "binaryCrossentropy")},
      {"kullbackLeiblerDivergence", named(ops::find_loss, "kullbackLeiblerDivergence")},
      {"poisson", named(ops::find_loss, "poisson")},
      {"cosineProximity", named(ops::find_loss, "cosineProximity")},
      {"binaryAccuracy", named(ops::find_metric, "binaryAccuracy")},
      {"categoricalAccuracy", named(ops::find_metric, "categoricalAccuracy")},
      {"sparseCategoricalAccuracy", named(ops::find_metric, "sparseCategoricalAccuracy")},
      {"precision", named(ops::find_metric, "precision")},
      {"recall", named(ops::find_metric, "recall")},
      {"r2Score", named(ops::find_metric, "r2Score")},
      {"arg_max", draw(ops::arg_max)},
      {"top_k", draw(ops::top_k)},
      {"search_sorted", draw(ops::search_sorted)},
      {"cumsum", draw(ops::cumsum)},
      {"cumprod", draw(ops::cumprod)},
      {"max_pool", draw(ops::max_pool)},
      {"average_pool", draw(ops::average_pool)},
      {"max_pool_winners", draw(ops::max_pool_winners)},
      {"random_uniform", draw(ops::random_uniform)},
      {"random_integers", draw(ops::random_integers)},
      {"random_normal", draw(ops::random_normal)},
      {"random_truncated_normal", draw(ops::random_truncated_normal)},
      {"random_gamma", draw(ops::random_gamma)},
      {"random_multinomial", draw(ops::random_multinomial)},
      {"dropout_mask", draw(ops::dropout_mask)},
      {"sum", draw(static_cast<Along*>(ops::sum))},
      {"mean", draw(static_cast<Along*>(ops::mean))},
      {"max", draw(static_cast<One*>(ops::max))},
      {"prod", draw(ops::prod)},
      {"log_sum_exp", draw(ops::log_sum_exp)},
      {"any", draw(ops::any)},
      {"sum_to", draw(ops::sum_to)},
      {"round", draw(ops::round)},
      {"step", draw(ops::step)},
      {"fft", draw(ops::fft)},
      {"ifft", draw(ops::ifft)},
      {"rfft", draw(ops::rfft)},
      {"irfft", draw(ops::irfft)},
      {"frame", draw(ops::frame)},
      {"stft", draw(ops::stft)},
      {"hann_window", draw(ops::hann_window)},
      {"cast", draw(ops::cast)},
      {"split_strings", draw(ops::split_strings)},
      {"string_grams", draw(ops::string_grams)},
      {"hash_bucket", draw(ops::hash_bucket)},
      {"complex", draw(ops::complex)},
      {"real", draw(ops::real)},
      {"conj", draw(ops::conj)},
  };
  return list;
}

// Until so many calls have been refused.
void call_functions_wrongly(int times) {
  const auto cpu = open_device("cpu", 1);
  test::Outcomes outcomes;
  for (std::uint64_t seed = 1; outcomes.refused < times; ++seed) {
    test::SmallBackend backend(*cpu);
    test::Dice dice(backend, seed);
    const auto& function = functions()[dice.below(functions().size())];
    CAPTURE(function.first);
    CAPTURE(seed);
    test::play(outcomes, std::string(function.first) + " with seed " + to_text(static_cast<std::int64_t>(seed)),
               [&] { function.second(dice); });
    REQUIRE(seed < static_cast<std::uint64_t>(times) * 20);
  }
  MESSAGE(outcomes.refused << " refused, " << outcomes.right << " right, " << outcomes.large << " too large");
  CHECK(outcomes.right > 0);
}

TEST_CASE("a wrong call of any public function is refused with a reason and a remedy") {
  call_functions_wrongly(5000);
}

TEST_CASE("so are two hundred thousand of functions" * doctest::skip()) {  // run it with --no-skip
  call_functions_wrongly(200000);
}

}  // namespace
}  // namespace vitrine
