// Calls as a confused caller makes them: each succeeds or is refused with a sentence that says what to do.
#include <doctest/doctest.h>

#include <cstring>
#include <limits>
#include <random>
#include <utility>

#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/all_ops.h"
#include "engine/ops/gradients.h"
#include "engine/ops/layout.h"
#include "engine/ops/reduction.h"
#include "tests/support/counting_backend.h"

namespace vitrine {
namespace {

// A call may rightly ask for more memory than this; then it is none of a test's business.
constexpr std::size_t kEnoughBytes = std::size_t{16} << 20;

class SmallBackend : public CountingBackend {
 public:
  using CountingBackend::CountingBackend;
  std::shared_ptr<Buffer> allocate(std::size_t bytes, std::string_view owner) override {
    if (bytes > kEnoughBytes) throw DeviceError({std::string(owner), "is large", "", "", "Ask for less."});
    return CountingBackend::allocate(bytes, owner);
  }
};

class Caller {
 public:
  Caller(Backend& backend, std::uint64_t seed) : backend_(backend), dice_(seed) {}

  // A made-up call, or a sample of the op with one thing changed.
  void prepare() {
    const auto all = ops::all_ops();
    op_ = all[below(all.size())];
    if (once_in(2)) {
      make_up();
    } else {
      const auto samples = op_->samples();
      const Sample& sample = samples[below(samples.size())];
      specs_ = sample.inputs;
      attrs_ = sample.attrs;
      if (!once_in(8)) change_one_thing();
    }
  }

  std::string text() const {
    std::string text = std::string(op_->name) + "(";
    for (const Spec& spec : specs_) text += text_of(spec) + ", ";
    for (const Attr& attr : attrs_) text += text_of_attr(attr) + "; ";
    return text + ")";
  }

  void call() {
    std::vector<Tensor> inputs, sources;
    for (const Spec& spec : specs_) {
      inputs.push_back(filled(spec));
      if (spec.dtype != DType::float32) continue;
      inputs.back() = watch(inputs.back());
      sources.push_back(inputs.back());
    }
    const Tensor output = apply_all(*op_, inputs, attrs_).front();
    const bool small = output.shape().elements() <= 4096;
    if (op_->gradient.rule == nullptr || output.dtype() != DType::float32 || !small || !once_in(4)) return;
    ops::gradients(ops::sum(output), sources);
  }

 private:
  std::uint64_t below(std::uint64_t end) { return dice_() % end; }
  bool once_in(std::uint64_t times) { return below(times) == 0; }

  std::int64_t integer() {
    constexpr std::int64_t kFar[] = {limits::kElements + 1, std::int64_t{1} << 40, -(std::int64_t{1} << 40),
                                     std::numeric_limits<std::int64_t>::max(),
                                     std::numeric_limits<std::int64_t>::min()};
    if (once_in(12)) return kFar[below(std::size(kFar))];
    return static_cast<std::int64_t>(below(8)) - 3;
  }
  double real() {
    constexpr double kReals[] = {0,
                                 -0.0,
                                 1,
                                 -1,
                                 0.5,
                                 1e-30,
                                 1e30,
                                 -1e300,
                                 std::numeric_limits<double>::infinity(),
                                 std::numeric_limits<double>::quiet_NaN()};
    return kReals[below(std::size(kReals))];
  }
  Attr attr(std::size_t kind) {
    constexpr const char* kTexts[] = {"", "same", "valid", "reflect", "inf", "ij,jk->ik", "->", ",,", "b\n%s"};
    switch (kind) {
      case 0:
        return once_in(2);
      case 1:
        return integer();
      case 2:
        return real();
      case 3:
        return std::string(kTexts[below(std::size(kTexts))]);
      case 4: {
        Integers list(below(8));
        for (auto& entry : list) entry = integer();
        return list;
      }
      default: {
        Reals list(below(8));
        for (auto& entry : list) entry = real();
        return list;
      }
    }
  }

  DType dtype() { return static_cast<DType>(below(4)); }
  Shape shape() {
    Integers extents(below(once_in(4) ? 7 : 4));
    for (auto& extent : extents) extent = static_cast<std::int64_t>(below(extents.size() > 4 ? 3 : 6));
    return Shape(std::span<const std::int64_t>(extents));
  }
  Spec spec() { return {once_in(3) ? dtype() : DType::float32, shape()}; }

  void make_up() {
    specs_.resize(static_cast<std::size_t>(op_->least_inputs));
    while (std::cmp_less(specs_.size(), op_->most_inputs) && once_in(2)) specs_.push_back({});
    for (std::size_t i = 0; i < specs_.size(); ++i) specs_[i] = i > 0 && once_in(2) ? specs_[0] : spec();
    attrs_.clear();
    for (const AttrSpec& wanted : op_->attrs) attrs_.push_back(attr(wanted.example.index()));
    if (once_in(10)) change_one_thing();
  }

  void change_one_thing() {
    const std::uint64_t what = below(10);
    if (what < 4 && !specs_.empty()) {
      Spec& changed = specs_[below(specs_.size())];
      if (what == 0) changed.dtype = dtype();
      if (what == 1) changed.shape = shape();
      const int rank = changed.shape.rank();
      if (what > 1 && rank > 0) {
        changed.shape[static_cast<int>(below(static_cast<std::uint64_t>(rank)))] = static_cast<std::int64_t>(below(6));
      }
    } else if (what < 8 && !attrs_.empty()) {
      Attr& changed = attrs_[below(attrs_.size())];
      auto* list = std::get_if<Integers>(&changed);
      if (list != nullptr && !list->empty() && !once_in(3)) {
        (*list)[below(list->size())] = integer();
      } else {
        changed = attr(once_in(6) ? below(6) : changed.index());
      }
    } else if (what == 8) {
      once_in(2) && !specs_.empty() ? specs_.pop_back() : specs_.push_back(spec());
    } else {
      once_in(2) && !attrs_.empty() ? attrs_.pop_back() : attrs_.push_back(attr(below(6)));
    }
  }

  // Numbers small and far, so that a kernel that takes them for indices meets bad ones; now and then turned around in
  // memory.
  Tensor filled(const Spec& spec) {
    const int rank = spec.shape.rank();
    const bool turned = rank > 1 && once_in(4);
    Integers extents(spec.shape.extents().begin(), spec.shape.extents().end());
    if (turned) extents.assign(extents.rbegin(), extents.rend());
    const Spec stored{spec.dtype, Shape(std::span<const std::int64_t>(extents))};
    std::vector<std::byte> bytes(stored.bytes());
    for (std::size_t at = 0; at < bytes.size(); at += bytes_of(spec.dtype) == 1 ? 1 : 4) {
      if (spec.dtype == DType::boolean) {
        bytes[at] = static_cast<std::byte>(below(2));
      } else if (spec.dtype == DType::int32) {
        const auto number = once_in(20) ? static_cast<std::int32_t>(dice_()) : static_cast<std::int32_t>(below(8)) - 2;
        std::memcpy(bytes.data() + at, &number, 4);
      } else {
        const auto number = static_cast<float>(once_in(20) ? real() : static_cast<double>(below(9)) / 4 - 1);
        std::memcpy(bytes.data() + at, &number, 4);
      }
    }
    const Tensor stored_tensor = tensor(backend_, stored, bytes);
    if (!turned) return stored_tensor;
    Integers axes;
    for (int axis = rank - 1; axis >= 0; --axis) axes.push_back(axis);
    return ops::transpose(stored_tensor, axes);
  }

  static std::string text_of_attr(const Attr& attr) {
    if (const auto* truth = std::get_if<bool>(&attr)) return *truth ? "true" : "false";
    if (const auto* integer = std::get_if<std::int64_t>(&attr)) return to_text(*integer);
    if (const auto* real = std::get_if<double>(&attr)) return to_text(*real);
    if (const auto* text = std::get_if<std::string>(&attr)) return *text;
    std::string list = "{";
    if (const auto* integers = std::get_if<Integers>(&attr)) {
      for (const std::int64_t integer : *integers) list += to_text(integer) + " ";
    } else {
      for (const double real : std::get<Reals>(attr)) list += to_text(real) + " ";
    }
    return list + "}";
  }

  Backend& backend_;
  std::mt19937_64 dice_;
  const Op* op_ = nullptr;
  std::vector<Spec> specs_;
  Attrs attrs_;
};

// Until so many calls have been refused.
void call_wrongly(int times) {
  const auto cpu = open_device("cpu", 1);
  int refused = 0, right = 0, large = 0;
  for (std::uint64_t seed = 1; refused < times; ++seed) {
    SmallBackend backend(*cpu);
    Caller caller(backend, seed);
    caller.prepare();
    const auto complaint = [&](const Error& error) {
      ++refused;
      const Complaint& says = error.complaint();
      if (says.subject.empty() || says.fact.empty() || says.remedy.empty()) {
        FAIL_CHECK(caller.text() << " is refused without reason or remedy: " << error.what());
      }
    };
    try {
      caller.call();
      ++right;
    } catch (const ShapeError& error) {
      complaint(error);
    } catch (const UsageError& error) {
      complaint(error);
    } catch (const UnsupportedOp& error) {
      complaint(error);
    } catch (const DeviceError&) {
      ++large;
    } catch (const std::exception& error) {
      FAIL_CHECK("call " << seed << ", " << caller.text() << ", fails with " << error.what());
    }
    REQUIRE(seed < static_cast<std::uint64_t>(times) * 20);
  }
  MESSAGE(refused << " refused, " << right << " right, " << large << " too large");
  CHECK(right > 0);
}

TEST_CASE("a wrong call of any op is refused with a reason and a remedy") {
  call_wrongly(5000);
}

TEST_CASE("so are two hundred thousand" * doctest::skip()) {  // run it with --no-skip
  call_wrongly(200000);
}

}  // namespace
}  // namespace vitrine
