// Adapters of products, equations of indices, factorisations, spectra and frames of signals.
#include "engine/ops/einsum.h"
#include "engine/ops/layout.h"
#include "engine/ops/linalg.h"
#include "engine/ops/linear.h"
#include "engine/ops/spectral.h"
#include "tests/conformance/finish.h"
#include "tests/conformance/runner.h"

namespace vitrine::conformance {
namespace {

Tensor matmul(const Case& c) {
  return ops::matmul(c.inputs[0], c.inputs[1], c.boolean("transposeA", false), c.boolean("transposeB", false));
}

// Of one line the answer is a matrix of one row.
Tensor irfft(const Case& c) {
  const Tensor x = ops::irfft(c.inputs[0]);
  return x.shape().rank() == 1 ? ops::reshape(x, {1, x.shape()[0]}) : x;
}

std::optional<std::int64_t> fft_length(const Case& c) {
  if (!c.has("fftLength")) return {};
  return c.integer("fftLength");
}

Tensors frame(const Case& c) {
  return {ops::frame(c.inputs[0], {.length = c.integer("frameLength"),
                                   .step = c.integer("frameStep"),
                                   .pad_end = c.boolean("padEnd", false),
                                   .pad_value = c.number("padValue", 0)})};
}

Tensors stft(const Case& c) {
  const Tensor window = ops::hann_window(c.backend, c.integer("frameLength"));
  return {ops::stft(c.inputs[0], window, c.integer("frameStep"), fft_length(c))};
}

Tensors qr(const Case& c) {
  const ops::Factors factors = ops::qr(c.inputs[0], c.boolean("fullMatrices", false));
  return {factors.q, factors.r};
}

const Family linear_family{
    {"matMul", [](const Case& c) { return Tensors{matmul(c)}; }},
    {"fused.matMul", [](const Case& c) { return finished(c, matmul(c)); }},
    {"dot", [](const Case& c) { return Tensors{ops::dot(c.inputs[0], c.inputs[1])}; }},
    {"outerProduct", [](const Case& c) { return Tensors{ops::outer_product(c.inputs[0], c.inputs[1])}; }},
    {"einsum", [](const Case& c) { return Tensors{ops::einsum(c.text("equation"), c.inputs)}; }},
    {"spectral.fft", [](const Case& c) { return Tensors{ops::fft(c.inputs[0])}; }},
    {"spectral.ifft", [](const Case& c) { return Tensors{ops::ifft(c.inputs[0])}; }},
    {"spectral.rfft", [](const Case& c) { return Tensors{ops::rfft(c.inputs[0], fft_length(c))}; }},
    {"spectral.irfft", [](const Case& c) { return Tensors{irfft(c)}; }},
    {"signal.frame", frame},
    {"signal.stft", stft},
    {"signal.hannWindow",
     [](const Case& c) { return Tensors{ops::hann_window(c.backend, c.integer("windowLength"))}; }},
    {"signal.hammingWindow",
     [](const Case& c) { return Tensors{ops::hamming_window(c.backend, c.integer("windowLength"))}; }},
    {"linalg.qr", qr},
    {"linalg.gramSchmidt", [](const Case& c) { return Tensors{ops::gram_schmidt(c.inputs[0])}; }},
};

}  // namespace
}  // namespace vitrine::conformance
