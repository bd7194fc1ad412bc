// Calls of op entries as a confused caller makes them: each succeeds or is refused with a sentence that says what to
// do.
#include <doctest/doctest.h>

#include <utility>

#include "engine/backends.h"
#include "engine/core/number.h"
#include "engine/ops/all_ops.h"
#include "engine/ops/gradients.h"
#include "engine/ops/reduction.h"
#include "tests/engine/dice.h"

namespace vitrine {
namespace {

class Caller {
 public:
  Caller(Backend& backend, std::uint64_t seed) : dice_(backend, seed) {}

  // A made-up call, or a sample of the op with one thing changed.
  void prepare() {
    const auto all = ops::all_ops();
    op_ = all[dice_.below(all.size())];
    if (dice_.once_in(2)) {
      make_up();
    } else {
      const auto samples = op_->samples();
      const Sample& sample = samples[dice_.below(samples.size())];
      specs_ = sample.inputs;
      attrs_ = sample.attrs;
      if (!dice_.once_in(8)) change_one_thing();
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
      inputs.push_back(dice_.filled(spec));
      if (spec.dtype == DType::float32) sources.push_back(inputs.back());
    }
    const Tensor output = apply_all(*op_, inputs, attrs_).front();
    const bool small = output.shape().elements() <= 4096;
    if (op_->gradient.rule == nullptr || output.dtype() != DType::float32 || !small || !dice_.once_in(4)) return;
    ops::gradients(ops::sum(output), sources);
  }

 private:
  void make_up() {
    specs_.resize(static_cast<std::size_t>(op_->least_inputs));
    while (std::cmp_less(specs_.size(), op_->most_inputs) && dice_.once_in(2)) specs_.push_back({});
    for (std::size_t i = 0; i < specs_.size(); ++i) specs_[i] = i > 0 && dice_.once_in(2) ? specs_[0] : dice_.spec();
    attrs_.clear();
    for (const AttrSpec& wanted : op_->attrs) attrs_.push_back(dice_.attr(wanted.example.index()));
    if (dice_.once_in(10)) change_one_thing();
  }

  void change_one_thing() {
    const std::uint64_t what = dice_.below(10);
    if (what < 4 && !specs_.empty()) {
      Spec& changed = specs_[dice_.below(specs_.size())];
      if (what == 0) changed.dtype = dice_.dtype();
      if (what == 1) changed.shape = dice_.shape();
      const int rank = changed.shape.rank();
      if (what > 1 && rank > 0) {
        changed.shape[static_cast<int>(dice_.below(static_cast<std::uint64_t>(rank)))] =
            static_cast<std::int64_t>(dice_.below(6));
      }
    } else if (what < 8 && !attrs_.empty()) {
      Attr& changed = attrs_[dice_.below(attrs_.size())];
      auto* list = std::get_if<Integers>(&changed);
      if (list != nullptr && !list->empty() && !dice_.once_in(3)) {
        (*list)[dice_.below(list->size())] = dice_.integer();
      } else {
        changed = dice_.attr(dice_.once_in(6) ? dice_.below(6) : changed.index());
      }
    } else if (what == 8) {
      dice_.once_in(2) && !specs_.empty() ? specs_.pop_back() : specs_.push_back(dice_.spec());
    } else {
      dice_.once_in(2) && !attrs_.empty() ? attrs_.pop_back() : attrs_.push_back(dice_.attr(dice_.below(6)));
    }
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

  test::Dice dice_;
  const Op* op_ = nullptr;
  std::vector<Spec> specs_;
  Attrs attrs_;
};

// Until so many calls have been refused.
void call_wrongly(int times) {
  const auto cpu = open_device("cpu", 1);
  test::Outcomes outcomes;
  for (std::uint64_t seed = 1; outcomes.refused < times; ++seed) {
    test::SmallBackend backend(*cpu);
    Caller caller(backend, seed);
    caller.prepare();
    test::play(outcomes, caller.text(), [&] { caller.call(); });
    REQUIRE(seed < static_cast<std::uint64_t>(times) * 20);
  }
  MESSAGE(outcomes.refused << " refused, " << outcomes.right << " right, " << outcomes.large << " too large");
  CHECK(outcomes.right > 0);
}

TEST_CASE("a wrong call of any op is refused with a reason and a remedy") {
  call_wrongly(5000);
}

TEST_CASE("so are two hundred thousand" * doctest::skip()) {  // run it with --no-skip
  call_wrongly(200000);
}

}  // namespace
}  // namespace vitrine
