// The heartbeats' autoencoder, 140-15-7-2-7-15-140: twenty epochs of Adam over 2,600 rows, or the answers to 500.
#include <cmath>
#include <numeric>
#include <utility>

#include "app/cli/bench/task.h"
#include "engine/core/number.h"
#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/exponential.h"
#include "engine/ops/gradients.h"
#include "engine/ops/linear.h"
#include "engine/ops/reduction.h"

namespace vitrine::cli {
namespace {

constexpr int kSizes[] = {140, 15, 7, 2, 7, 15, 140};
constexpr int kLayers = static_cast<int>(std::size(kSizes)) - 1;
constexpr int kWidth = kSizes[0], kRows = 2600, kEpochs = 20, kInferred = 500;
constexpr float kRate = 0.01f, kFirstDecay = 0.9f, kSecondDecay = 0.999f, kEpsilon = 1e-8f;

// Parameters first, then Adam's two moments of each, so that each kind lies together.
struct Network {
  std::vector<std::string> names;
  Slab slab;

  explicit Network(Backend& backend) : slab(backend, regions(), "bench autoencoder") {
    for (int r = 0; r < 2 * kLayers; ++r) names.push_back(slab.regions()[static_cast<std::size_t>(r)].name);
    start();
  }

  void start() {
    slab.restore(std::vector<float>(slab.floats()));
    for (int layer = 0; layer < kLayers; ++layer) {
      const Region& region = slab.regions()[static_cast<std::size_t>(layer) * 2];
      const auto count = static_cast<std::size_t>(region.shape.elements());
      std::vector<float> values = ordinary(count, static_cast<std::uint32_t>(layer) + 7);
      const float reach = 1 / std::sqrt(static_cast<float>(kSizes[layer]));
      for (float& value : values) value *= reach;
      slab.write(region, values);
    }
  }

  static std::vector<std::pair<std::string, Shape>> regions() {
    std::vector<std::pair<std::string, Shape>> list;
    for (const char* kind : {"", "first ", "second "}) {
      for (int layer = 0; layer < kLayers; ++layer) {
        const std::string number = to_text(std::int64_t{layer} + 1);
        list.push_back({kind + ("weights " + number), {kSizes[layer], kSizes[layer + 1]}});
        list.push_back({kind + ("bias " + number), {kSizes[layer + 1]}});
      }
    }
    return list;
  }
};

Tensor forward(Tensor x, const std::vector<Tensor>& p) {
  for (std::size_t layer = 0; layer < kLayers; ++layer) {
    x = ops::matmul(x, p[2 * layer]) + p[2 * layer + 1];
    x = layer + 1 < kLayers ? ops::relu(x) : ops::sigmoid(x);
  }
  return x;
}

std::vector<Tensor> parameters_of(Tracer& t, const Network& network) {
  std::vector<Tensor> list;
  for (const std::string& name : network.names) list.push_back(t.region(network.slab, name));
  return list;
}

// One step of Adam; "rate" and "root" carry the corrections of the young moments, which change with every step.
Graph training_step(const Network& network, int rows) {
  return trace([&](Tracer& t) {
    const Tensor x = t.input("x", {DType::float32, {rows, kWidth}});
    const Tensor rate = t.input("rate", {DType::float32, {}}), root = t.input("root", {DType::float32, {}});
    const std::vector<Tensor> p = parameters_of(t, network);
    const Tensor loss = ops::mean(ops::square(forward(x, p) - x));
    const std::vector<Tensor> gradients = ops::gradients(loss, p);
    for (std::size_t i = 0; i < p.size(); ++i) {
      const Tensor m = t.region(network.slab, "first " + network.names[i]);
      const Tensor v = t.region(network.slab, "second " + network.names[i]);
      const Tensor first = kFirstDecay * m + (1 - kFirstDecay) * gradients[i];
      const Tensor second = kSecondDecay * v + (1 - kSecondDecay) * ops::square(gradients[i]);
      t.assign(m, first);
      t.assign(v, second);
      t.assign(p[i], p[i] - rate * (first / (ops::sqrt(second) * root + like(root, kEpsilon))));
    }
  });
}

class Training {
 public:
  Training(Backend& backend, int batch)
      : network_(backend), batch_(batch), rows_(ordinary(std::size_t{kRows} * kWidth)), gathered_(rows_.size()) {
    for (float& value : rows_) value = 0.5f + 0.5f * value;
    order_.resize(kRows);
    for (const int rows : {batch, kRows % batch}) {
      plans_.push_back(compile(training_step(network_, rows), backend));
      plans_.back().bind(plans_.back().input("rate"), {&rate_, 1});
      plans_.back().bind(plans_.back().input("root"), {&root_, 1});
    }
  }

  void run() {
    network_.start();
    double first = 1, second = 1;
    for (int epoch = 0; epoch < kEpochs; ++epoch) {
      shuffle(static_cast<std::uint32_t>(epoch));
      for (int row = 0; row < kRows; row += batch_) {
        first *= kFirstDecay, second *= kSecondDecay;
        rate_ = static_cast<float>(kRate / (1 - first));
        root_ = static_cast<float>(1 / std::sqrt(1 - second));
        Plan& plan = plans_[row + batch_ <= kRows ? 0 : 1];
        plan.bind(0, std::span(gathered_).subspan(static_cast<std::size_t>(row) * kWidth));
        plan.run();
      }
    }
  }

  Floor floor() const {
    const Floor whole = floor_of(plans_[0]).times(kEpochs * (kRows / batch_));
    const Floor rest = floor_of(plans_[1]).times(kEpochs);
    return {whole.flops + rest.flops, whole.bytes + rest.bytes};
  }
  std::string hash() const { return hash_of_run(network_.slab); }
  std::string lowering() const { return std::string(plans_[0].lowering()); }

 private:
  void shuffle(std::uint32_t seed) {
    std::iota(order_.begin(), order_.end(), 0);
    std::uint32_t state = seed + 1;
    for (std::size_t i = order_.size() - 1; i > 0; --i) {
      state = state * 1664525u + 1013904223u;
      std::swap(order_[i], order_[std::uint64_t{state} * (i + 1) >> 32]);
    }
    for (std::size_t i = 0; i < order_.size(); ++i) {
      std::copy_n(rows_.begin() + order_[i] * kWidth, kWidth,
                  gathered_.begin() + static_cast<std::ptrdiff_t>(i) * kWidth);
    }
  }

  Network network_;
  int batch_;
  std::vector<float> rows_, gathered_;
  std::vector<int> order_;
  std::vector<Plan> plans_;  // of whole batches and of the last, smaller one
  float rate_ = 0, root_ = 0;
};

Result train(const Setting& setting, int batch) {
  Training training(setting.backend, batch);
  const Measured measured = measure(setting, [&] { training.run(); });
  return {measured,
          training.floor(),
          {{"epochs", std::int64_t{kEpochs}}, {"lowering", training.lowering()}, {"state_hash", training.hash()}}};
}

Result infer(const Setting& setting) {
  const Network network(setting.backend);
  Plan plan = compile(trace([&](Tracer& t) {
                        const Tensor x = t.input("x", {DType::float32, {kInferred, kWidth}});
                        t.output("answers", forward(x, parameters_of(t, network)));
                      }),
                      setting.backend);
  const std::vector<float> x = ordinary(std::size_t{kInferred} * kWidth);
  plan.bind(0, x);
  const Measured measured = measure(setting, [&] { plan.run(); });
  return {measured, floor_of(plan), {{"rows", std::int64_t{kInferred}}, {"lowering", std::string(plan.lowering())}}};
}

Result run(const Setting& setting) {
  if (setting.choice == "b512") return train(setting, 512);
  if (setting.choice == "b32") return train(setting, 32);
  if (setting.choice == "infer500") return infer(setting);
  refuse_choice(setting.choice, "b512, b32 or infer500");
}

constexpr Task kTasks[] = {
    {"autoencoder", "b512", "20 epochs of Adam over 2,600 heartbeats; b512 or b32 rows a step, or infer500", run},
};

}  // namespace

std::span<const Task> autoencoder_tasks() {
  return kTasks;
}

}  // namespace vitrine::cli
