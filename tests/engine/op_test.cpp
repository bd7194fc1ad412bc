// Every op, from its entry alone: kernel against reference, eager against plan, gradients against finite differences.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/backends.h"
#include "engine/graph/plan.h"
#include "engine/ops/all_ops.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/gradients.h"
#include "engine/ops/layout.h"
#include "engine/ops/reduction.h"
#include "engine/ops/types.h"
#include "tests/support/reference.h"

namespace vitrine {
namespace {

using reference::Dense;

std::string title(const Op& op, std::size_t sample) {
  return std::string(op.name) + " sample " + std::to_string(sample);
}

std::vector<Dense<float>> draw(const Sample& sample) {
  std::vector<Dense<float>> inputs;
  for (const Spec& spec : sample.inputs) {
    inputs.push_back(reference::random<float>(spec, sample.low, sample.high, 7 + inputs.size()));
  }
  return inputs;
}

std::vector<Tensor> upload_all(Backend& backend, const std::vector<Dense<float>>& inputs) {
  std::vector<Tensor> tensors;
  for (const auto& input : inputs) tensors.push_back(reference::upload(backend, input));
  return tensors;
}

Spec output_spec(const Op& op, const Sample& sample) {
  ShapeRule rule(op.name, sample.inputs, sample.attrs);
  op.shape(rule);
  return std::move(rule).take().front();
}

void check_close(const std::vector<float>& got, const std::vector<float>& want, double tolerance) {
  REQUIRE(got.size() == want.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    const double error = std::abs(static_cast<double>(got[i]) - static_cast<double>(want[i]));
    if (!(error <= tolerance * (1 + std::abs(static_cast<double>(want[i]))))) {
      FAIL("element " << i << ": got " << got[i] << ", want " << want[i]);
    }
  }
}

TEST_CASE("every op has a reference, samples, a formula, a kernel, and a gradient or the reason why not") {
  const auto cpu = open_device("cpu");
  for (const Op* op : ops::all_ops()) {
    CAPTURE(op->name);
    CHECK(reference::covers(*op));
    CHECK_FALSE(op->samples().empty());
    CHECK_FALSE(op->formula.empty());
    CHECK(cpu->supports(*op));
    CHECK((op->gradient.rule == nullptr) != op->gradient.reason.empty());
    CHECK(ops::find_op(op->name) == op);
  }
}

TEST_CASE("a kernel agrees with the reference on every sample") {
  const auto cpu = open_device("cpu");
  for (const Op* op : ops::all_ops()) {
    const auto samples = op->samples();
    for (std::size_t s = 0; s < samples.size(); ++s) {
      CAPTURE(title(*op, s));
      const auto inputs = draw(samples[s]);
      const auto want = reference::run_all<float>(*op, samples[s].attrs, inputs);
      const auto got = apply_all(*op, upload_all(*cpu, inputs), samples[s].attrs);
      REQUIRE(got.size() == want.size());
      for (std::size_t i = 0; i < got.size(); ++i) {
        CHECK(got[i].spec() == want[i].spec);
        check_close(got[i].floats(), want[i].data, 4e-6);
      }
    }
  }
}

// The middle of a wider tensor, turned: the same numbers, but nowhere next to each other.
Tensor scattered(Backend& backend, const Dense<float>& dense) {
  const Tensor whole = reference::upload(backend, dense);
  const Shape& shape = dense.spec.shape;
  Integers axes, begin(static_cast<std::size_t>(shape.rank()), 1), size;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    axes.insert(axes.begin(), axis);
    size.push_back(shape[axis]);
  }
  const Tensor inner = ops::pad(whole, begin, Integers(begin.size(), 2));
  // Turned twice with a copy between, so that the last axis is not the dense one.
  const Tensor turned = ops::transpose(ops::copy(ops::transpose(inner, axes)), axes);
  return ops::slice(turned, begin, size);
}

// The same numbers, lying from the last to the first.
Tensor backwards(Backend& backend, const Dense<float>& dense) {
  Integers axes;
  for (int axis = 0; axis < dense.spec.shape.rank(); ++axis) axes.push_back(axis);
  return ops::reverse(ops::copy(ops::reverse(reference::upload(backend, dense), axes)), axes);
}

// The bits of a tensor in room for as many floats as it needs.
std::vector<float> bits_of(const Tensor& x) {
  const std::vector<std::byte> bytes = x.bytes();
  std::vector<float> bits(std::max((bytes.size() + 3) / 4, static_cast<std::size_t>(x.shape().elements())));
  if (!bytes.empty()) std::memcpy(bits.data(), bytes.data(), bytes.size());
  return bits;
}

TEST_CASE("a kernel gives the same bits for inputs that lie scattered or backwards in memory") {
  const auto cpu = open_device("cpu");
  for (const Op* op : ops::all_ops()) {
    const auto samples = op->samples();
    for (std::size_t s = 0; s < samples.size(); ++s) {
      CAPTURE(title(*op, s));
      const auto inputs = draw(samples[s]);
      std::vector<Tensor> apart, turned;
      for (const auto& input : inputs) {
        apart.push_back(scattered(*cpu, input));
        turned.push_back(backwards(*cpu, input));
      }
      const auto want = apply_all(*op, upload_all(*cpu, inputs), samples[s].attrs).front().bytes();
      CHECK(apply_all(*op, apart, samples[s].attrs).front().bytes() == want);
      CHECK(apply_all(*op, turned, samples[s].attrs).front().bytes() == want);
    }
  }
}

// As what a plan reads out: numbers of four bytes.
Tensor readable(const Tensor& x) {
  return x.dtype() == DType::int32 ? x : ops::real(x);
}

TEST_CASE("a plan gives the bits that the same call gives at once") {
  const auto cpu = open_device("cpu");
  for (const Op* op : ops::all_ops()) {
    const auto samples = op->samples();
    for (std::size_t s = 0; s < samples.size(); ++s) {
      const bool complex = output_spec(*op, samples[s]).dtype == DType::complex64;
      CAPTURE(title(*op, s));
      const auto inputs = draw(samples[s]);
      const Graph graph = trace([&](Tracer& t) {
        std::vector<Tensor> ends;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
          ends.push_back(t.input("input " + std::to_string(i), inputs[i].spec));
        }
        const Tensor result = apply_all(*op, ends, samples[s].attrs).front();
        t.output("result", readable(result));
        if (complex) t.output("imaginary", ops::imag(result));
      });
      Plan plan = compile(graph, *cpu);
      const auto tensors = upload_all(*cpu, inputs);
      std::vector<std::vector<float>> bound;
      for (const Tensor& input : tensors) bound.push_back(bits_of(input));
      for (std::size_t i = 0; i < inputs.size(); ++i) plan.bind(static_cast<int>(i), bound[i]);
      plan.run();
      const auto got = plan.read("result");
      const Tensor eager = apply_all(*op, tensors, samples[s].attrs).front();
      if (complex) CHECK(plan.read("imaginary") == ops::imag(eager).floats());
      const auto want = bits_of(readable(eager));
      CHECK(std::ranges::equal(std::as_bytes(std::span(got)), std::as_bytes(std::span(want))));
    }
  }
}

bool smooth(DType dtype) {
  return dtype == DType::float32 || dtype == DType::complex64;
}

Tensor square_sum(const Tensor& x) {
  const Tensor re = ops::sum(ops::square(ops::real(x)));
  return x.dtype() == DType::complex64 ? re + ops::sum(ops::square(ops::imag(x))) : re;
}

// sum(op(inputs) × weights): one number to differentiate.
Graph scalar_graph(const Op& op, const Sample& sample, bool with_gradients) {
  return trace([&](Tracer& t) {
    std::vector<Tensor> ends, sources;
    for (std::size_t i = 0; i < sample.inputs.size(); ++i) {
      ends.push_back(t.input("input", sample.inputs[i]));
      if (smooth(sample.inputs[i].dtype)) sources.push_back(ends.back());
    }
    Tensor result = apply_all(op, ends, sample.attrs).front();
    const Tensor weights = t.input("weights", {DType::float32, result.shape()});
    if (result.dtype() == DType::complex64) result = ops::real(result) + 0.7f * ops::imag(result);
    // Squared, so that a second derivative exists for linear ops as well.
    const Tensor target = ops::sum(ops::square(result) * weights);
    t.output("target", target);
    if (!with_gradients) return;
    const auto first = ops::gradients(target, sources);
    Tensor total = like(target, 0);
    for (std::size_t i = 0; i < first.size(); ++i) {
      t.output("gradient " + std::to_string(i), first[i]);
      total = total + square_sum(first[i]);
    }
    const auto second = ops::gradients(total, sources);
    t.output("total", total);
    for (std::size_t i = 0; i < second.size(); ++i) t.output("second " + std::to_string(i), second[i]);
  });
}

double output_of(const Graph& graph, const std::vector<Dense<double>>& values, std::string_view name, std::size_t at) {
  for (const auto& output : graph.outputs) {
    if (output.name == name) return values[static_cast<std::size_t>(output.value)].data[at];
  }
  FAIL("no output " << name);
  return 0;
}

TEST_CASE("every gradient, and the gradient of its square sum, agrees with finite differences in double") {
  constexpr double kStep = 1e-5;
  for (const Op* op : ops::all_ops()) {
    if (op->gradient.rule == nullptr) continue;
    const auto samples = op->samples();
    for (std::size_t s = 0; s < samples.size(); ++s) {
      const Sample& sample = samples[s];
      const auto is_smooth = [](const Spec& spec) { return smooth(spec.dtype); };
      if (std::ranges::none_of(sample.inputs, is_smooth) || !is_smooth(output_spec(*op, sample))) continue;
      const Graph graph = scalar_graph(*op, sample, true);
      reference::Ends<double> ends;
      for (std::size_t i = 0; i < sample.inputs.size(); ++i) {
        ends.inputs.push_back(reference::random<double>(sample.inputs[i], sample.low, sample.high, 7 + i));
      }
      const Spec weights{DType::float32, output_spec(*op, sample).shape};
      ends.inputs.push_back(reference::random<double>(weights, 0.5, 1.5, 3));
      const auto values = reference::evaluate<double>(graph, ends);
      std::size_t source = 0;
      for (std::size_t i = 0; i < sample.inputs.size(); ++i) {
        if (!smooth(sample.inputs[i].dtype)) continue;
        const std::string number = std::to_string(source++);
        for (std::size_t k = 0; k < std::min<std::size_t>(ends.inputs[i].data.size(), 6); ++k) {
          CAPTURE(title(*op, s));
          CAPTURE(i);
          CAPTURE(k);
          const auto moved = [&](double by) {
            reference::Ends<double> shifted = ends;
            shifted.inputs[i].data[k] += by;
            return reference::evaluate<double>(graph, shifted);
          };
          const auto up = moved(kStep), down = moved(-kStep);
          for (const auto& [target, gradient] :
               {std::pair<std::string, std::string>{"target", "gradient " + number}, {"total", "second " + number}}) {
            const double slope = (output_of(graph, up, target, 0) - output_of(graph, down, target, 0)) / (2 * kStep);
            const double got = output_of(graph, values, gradient, k);
            CHECK(std::abs(got - slope) <= 1e-5 * (1 + std::abs(slope)));
          }
        }
      }
    }
  }
}

TEST_CASE("eager gradients are those of the traced graph, to the bit") {
  const auto cpu = open_device("cpu");
  const std::vector<float> numbers = {0.5f, -1.25f, 2.0f, 0.125f};
  const auto cubic = [](const Tensor& x) { return ops::sum(ops::square(x) * x); };
  const Tensor x = tensor(*cpu, numbers, {4});
  const auto eager = ops::grad(cubic)(x).floats();
  const auto second = ops::grad([&](const Tensor& z) { return ops::sum(ops::grad(cubic)(z)); })(x).floats();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    CHECK(eager[i] == doctest::Approx(3 * numbers[i] * numbers[i]));
    CHECK(second[i] == doctest::Approx(6 * numbers[i]));
  }
  Plan plan = compile(trace([&](Tracer& t) {
                        const Tensor z = t.input("x", {DType::float32, {4}});
                        t.output("gradient", ops::gradients(cubic(z), {&z, 1}).front());
                      }),
                      *cpu);
  plan.bind(0, numbers);
  plan.run();
  CHECK(plan.read("gradient") == eager);
}

}  // namespace
}  // namespace vitrine
