// Our transcendental functions against the long double ones, and lanes against single floats.
#include "engine/core/math_angle.h"

#include <cmath>
#include <limits>

#include "tests/cpu/support.h"
#include "tests/support/worse.h"

using namespace vitrine;

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

// The largest error in units in the last place of the correctly rounded value, over floats spread evenly by exponent.
template <class Function, class Exact>
double worst_error(Function function, Exact exact, float low, float high) {
  double worst = 0;
  for (const std::uint32_t sign : {0u, 0x80000000u}) {
    for (std::uint32_t b = 0x2F000000u; b < 0x43000000u; b += 509) {
      const float x = std::bit_cast<float>(b | sign);
      if (x < low || x > high) continue;
      const long double right = exact(static_cast<long double>(x));
      if (std::fabs(static_cast<double>(right)) < 1.2e-38) continue;  // may be flushed
      int exponent = 0;
      (void)std::frexp(static_cast<float>(right), &exponent);
      const double unit = std::ldexp(1.0, exponent - 24);
      const long double got = function(x);
      worst = test::worse(worst, std::fabs(static_cast<double>(got - right)) / unit);
    }
  }
  return worst;
}

}  // namespace

TEST_CASE("exp, tanh and sigmoid are within two units in the last place") {
  const auto exp_of = [](float x) { return math::exp_of(x); };
  const auto tanh_of = [](float x) { return math::tanh_of(x); };
  const auto sigmoid_of = [](float x) { return math::sigmoid_of(x); };
  CHECK(worst_error(
            exp_of, [](long double x) { return std::exp(x); }, -120, 88.7f) < 2);
  CHECK(worst_error(
            tanh_of, [](long double x) { return std::tanh(x); }, -128, 128) < 2);
  CHECK(worst_error(
            sigmoid_of, [](long double x) { return 1 / (1 + std::exp(-x)); }, -128, 128) < 2);
}

TEST_CASE("powers and angles are within four units in the last place") {
  struct Row {
    const char* name;
    float (*ours)(float);
    long double (*exact)(long double);
    float low, high;
  };
  const Row rows[] = {
      {"log", [](float x) { return math::log_of(x); }, [](long double x) { return std::log(x); }, 1e-9f, 128},
      {"log1p", [](float x) { return math::log1p_of(x); }, [](long double x) { return std::log1p(x); }, -0.99f, 128},
      {"expm1", [](float x) { return math::expm1_of(x); }, [](long double x) { return std::expm1(x); }, -128, 88},
      {"erf", [](float x) { return math::erf_of(x); }, [](long double x) { return std::erf(x); }, -128, 128},
      {"sinh", [](float x) { return math::sinh_of(x); }, [](long double x) { return std::sinh(x); }, -88, 88},
      {"cosh", [](float x) { return math::cosh_of(x); }, [](long double x) { return std::cosh(x); }, -88, 88},
      {"asinh", [](float x) { return math::asinh_of(x); }, [](long double x) { return std::asinh(x); }, -128, 128},
      {"acosh", [](float x) { return math::acosh_of(x); }, [](long double x) { return std::acosh(x); }, 1.001f, 128},
      {"atanh", [](float x) { return math::atanh_of(x); }, [](long double x) { return std::atanh(x); }, -0.99f, 0.99f},
      {"sin", [](float x) { return math::sin_of(x); }, [](long double x) { return std::sin(x); }, -128, 128},
      {"cos", [](float x) { return math::cos_of(x); }, [](long double x) { return std::cos(x); }, -128, 128},
      {"tan", [](float x) { return math::tan_of(x); }, [](long double x) { return std::tan(x); }, -128, 128},
      {"asin", [](float x) { return math::asin_of(x); }, [](long double x) { return std::asin(x); }, -1, 1},
      {"acos", [](float x) { return math::acos_of(x); }, [](long double x) { return std::acos(x); }, -1, 1},
      {"atan", [](float x) { return math::atan_of(x); }, [](long double x) { return std::atan(x); }, -128, 128},
      {"pow", [](float x) { return math::pow_of(x, 2.5f); }, [](long double x) { return std::pow(x, 2.5L); }, 1e-8f,
       128},
      {"large pow", [](float x) { return math::pow_of(x, 17.3f); },
       [](long double x) { return std::pow(x, static_cast<long double>(17.3f)); }, 0.1f, 100}};
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(worst_error(row.ours, row.exact, row.low, row.high) < 4);
  }
}

TEST_CASE("powers and angles are right at the ends of the number line") {
  CHECK(math::log_of(0.0f) == -kInfinity);
  CHECK(std::isnan(math::log_of(-1.0f)));
  CHECK(math::log_of(kInfinity) == kInfinity);
  CHECK(math::log1p_of(-1.0f) == -kInfinity);
  CHECK(math::expm1_of(-kInfinity) == -1);
  CHECK(math::erf_of(-kInfinity) == -1);
  CHECK(math::cosh_of(89.0f) == doctest::Approx(std::cosh(89.0)));
  CHECK(math::pow_of(-2.0f, 3.0f) == -8);
  CHECK(std::isnan(math::pow_of(-2.0f, 0.5f)));
  CHECK(math::pow_of(kNaN, 0.0f) == 1);
  CHECK(math::pow_of(0.0f, -1.0f) == kInfinity);
  CHECK(math::pow_of(0.5f, kInfinity) == 0);
  CHECK(math::pow_of(2.0f, 200.0f) == kInfinity);
  CHECK(math::atan2_of(0.0f, -1.0f) == doctest::Approx(3.14159265));
  CHECK(math::atan2_of(-1.0f, 0.0f) == doctest::Approx(-1.57079633));
  CHECK(math::atan2_of(kInfinity, -kInfinity) == doctest::Approx(2.35619449));
  CHECK(math::sin_of(3e6f) == doctest::Approx(std::sin(3e6)));
  for (const float x : {kInfinity, kNaN, 1e7f}) CHECK(std::isnan(math::sin_of(x)));
}

TEST_CASE("exp, tanh and sigmoid are right at the ends of the number line") {
  CHECK(math::exp_of(0.0f) == 1);
  CHECK(math::exp_of(-kInfinity) == 0);
  CHECK(math::exp_of(kInfinity) == kInfinity);
  CHECK(math::exp_of(88.72f) < kInfinity);
  CHECK(math::exp_of(88.73f) == kInfinity);
  CHECK(math::exp_of(1e30f) == kInfinity);
  CHECK(std::isnan(math::exp_of(kNaN)));

  CHECK(test::bits(math::tanh_of(0.0f)) == test::bits(0.0f));
  CHECK(test::bits(math::tanh_of(-0.0f)) == test::bits(-0.0f));
  CHECK(math::tanh_of(1e-20f) == 1e-20f);
  for (const float x : {9.02f, 50.0f, 1e30f, kInfinity}) {
    CHECK(math::tanh_of(x) == 1);
    CHECK(math::tanh_of(-x) == -1);
  }
  CHECK(std::isnan(math::tanh_of(kNaN)));

  CHECK(math::sigmoid_of(0.0f) == 0.5f);
  CHECK(math::sigmoid_of(kInfinity) == 1);
  CHECK(math::sigmoid_of(-kInfinity) == 0);
  CHECK(std::isnan(math::sigmoid_of(kNaN)));
}

TEST_CASE("tanh never leaves -1 to 1 and never falls") {
  float last = -1;
  for (float x = -10; x <= 10; x += 1.0f / 1024) {
    const float y = math::tanh_of(x);
    REQUIRE((y >= last && y <= 1));
    last = y;
  }
}

TEST_CASE("a lane gives the bits of a single float under every variant with FMA") {
  constexpr std::int64_t kCount = 1 << 17;
  std::vector<float> x(kCount);
  for (std::uint32_t i = 0; i < kCount; ++i) x[i] = std::bit_cast<float>(i * 32771u);  // all exponents, both signs
  for (const auto& variant : test::fma_variants()) {
    CAPTURE(variant);
    const auto kernels = cpu::load_kernels(variant);
    const auto differing = [&](const char* name, float (*function)(float)) {
      std::vector<float> y(kCount);
      cpu::Array in{reinterpret_cast<std::byte*>(x.data()), DType::float32, 1, {kCount}, {1}};
      cpu::Array out{reinterpret_cast<std::byte*>(y.data()), DType::float32, 1, {kCount}, {1}};
      cpu::Call call{};
      call.inputs = &in, call.input_count = 1, call.outputs = &out, call.output_count = 1;
      const cpu::Kernel* kernel = kernels->find(name);
      REQUIRE(kernel != nullptr);
      kernel->prepare(call);
      kernel->run(call, 0, call.chunks);
      std::int64_t count = 0;
      for (std::size_t i = 0; i < x.size(); ++i) count += !test::same_bits(y[i], function(x[i]));
      return count;
    };
    CHECK(differing("tanh", [](float v) { return math::tanh_of(v); }) == 0);
    CHECK(differing("sigmoid", [](float v) { return math::sigmoid_of(v); }) == 0);
  }
}
