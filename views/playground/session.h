// The session of the Playground: a small fully connected network learns to label points on a plane. One step is an
// epoch: every training row once, in mini-batches whose order was drawn with the data and stays. Rows that do not fill
// a batch at the end of an epoch are not wasted: their gradients join the first batch of the next one.
//
// Data and first weights come out of one stream named by data.seed, as in the published playground, so its addresses
// give its numbers. A structural edit keeps the weights that still fit; before anything was learnt it draws anew.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "app/work/session.h"
#include "datasets/plane/plane.h"
#include "engine/graph/plan.h"
#include "views/playground/model.h"

namespace vitrine::views {
struct SessionContext;
class View;
}  // namespace vitrine::views

namespace vitrine::views::playground {

inline constexpr int kFieldSize = 100;     // points of the field along each edge
inline constexpr double kFieldExtent = 6;  // it shows -6 … 6
inline constexpr int kFeatures = 7;

struct LayerSettings {
  std::int64_t units = 2;
};

struct Settings {
  std::string set = "circle";
  std::int64_t noise = 0, share = 50;  // per cent
  std::string seed = "0.12345";
  bool x1 = true, x2 = true, x1_squared = false, x2_squared = false, product = false, sine_x1 = false, sine_x2 = false;
  std::vector<LayerSettings> layers{{4}, {2}};
  std::string link;  // the last weight set by hand: "layer from to weight", counted from 1
  double rate = 0.03;
  std::int64_t batch = 10;
  Activation activation = Activation::tanh;
  bool test = false, discretise = false, flow = true;
};

struct Feature {
  std::string_view id, label;
  bool Settings::*on;
  double (*value)(double x1, double x2);
};
const std::array<Feature, kFeatures>& features();

// Answers over the plane, row after row from the top: of every feature, of every unit of a layer.
using Field = std::vector<float>;
struct Fields {
  std::uint64_t version = 0;               // of the weights
  std::vector<std::vector<Field>> layers;  // [layer - 1][unit]
};

struct Snapshot final : work::Snapshot {
  std::shared_ptr<const datasets::PlaneSample> sample;
  std::shared_ptr<const std::array<Field, kFeatures>> features;
  std::shared_ptr<const Fields> fields;
  NetShape shape;
  std::vector<int> inputs;  // which features they are
  // By layer, from 0: weights [from × to], biases, and what the loss on the training rows says about them.
  std::vector<std::vector<float>> weights, biases, gradients;
  std::vector<double> gradient_norms;
  float train_loss = 0, test_loss = 0;
  std::array<int, 4> confusion{};  // test rows: labelled 1 and answered 1, 1 and 2, 2 and 1, 2 and 2
  double score = 0, baseline = 0;  // share of right answers and by chance; for values: typical error, and of the mean
  // Between the stops of a step: which batch of how many, its rows, its loss once that is known.
  int batch = -1, batches = 0, stage = 0;
  std::size_t first_row = 0, rows = 0;
  float batch_loss = 0;
};

class Session final : public work::Session {
 public:
  Session(std::shared_ptr<Backend> backend, std::uint64_t seed);

  const work::ControlTable& controls() const override;
  void* settings() override { return &settings_; }
  std::shared_ptr<const void> copy_settings() const override { return std::make_shared<const Settings>(settings_); }
  void changed(std::string_view path) override;
  void act(std::string_view action) override;
  void reset() override;
  std::int64_t advance(std::stop_token stop, const work::Budget& budget) override;
  int segments() const override;
  void advance_segment() override;
  int inside() const override { return inside_; }
  work::State save() const override;
  void restore(const work::State& state) override;
  Hash recipe() const override;
  std::vector<std::string> curve_names() const override { return {"train", "test"}; }
  void measure(std::vector<float>& values) override;
  std::unique_ptr<work::Snapshot> snapshot() override;
  std::string arithmetic() const override { return backend_->info().arithmetic; }
  const Plan* step_plan() override;

  const datasets::PlaneSample& sample() const;
  std::vector<float> weights(int layer) const;  // [from × to], row after row
  int parameters() const { return net().shape.parameters(); }

 private:
  struct Rows {
    std::vector<float> x, y;  // [count × inputs], [count]
    int count = 0;
  };
  struct Steps {  // one plan for each way a batch meets the incomplete one
    std::optional<Plan> full, takes, leaves;
  };
  struct Evaluation {
    std::uint64_t version = 0;
    float train_loss = 0, test_loss = 0;
    std::vector<float> test_answers;
    std::vector<std::vector<float>> gradients;  // weights and bias of each layer in turn
  };
  // What follows from the settings; made anew when they change, the first time it is needed.
  struct Net {
    datasets::PlaneRecipe recipe;
    std::shared_ptr<const datasets::PlaneSample> sample;
    Hash digest;
    NetShape shape;
    std::vector<int> inputs;
    std::int64_t batch = 0;
    Rows train, test;
    std::optional<Slab> slab;
    std::vector<float> fresh;  // the slab before anything was learnt
    Steps steps, explained;
    std::optional<Plan> train_evaluation, test_evaluation, field;
    std::vector<float> grid;  // inputs of the field
  };

  Net& net() const;
  void build_data(Net& net) const;
  void build_slab(Net& net, const Net* before) const;
  Rows rows_of(const Net& net, std::size_t first, std::size_t count) const;
  Steps& steps(bool explained) const;
  int full_batches() const;
  int rest() const;  // rows of the incomplete batch
  void run_batch(Steps& steps, int batch, int first_segment, int last_segment);
  void set_link();
  const Evaluation& evaluate();
  void judge(Snapshot& s);
  std::shared_ptr<const Fields> fields();

  std::shared_ptr<Backend> backend_;
  Settings settings_;
  mutable std::unique_ptr<Net> net_;
  mutable bool stale_ = true;
  mutable std::int64_t carried_ = 0;  // rows whose gradients wait
  mutable int inside_ = 0;
  mutable std::uint64_t version_ = 1;  // of the weights, for what is computed from them
  float rate_ = 0, share_ = 0;         // bound to the plans
  std::int64_t step_ = 0;
  Evaluation evaluation_;
  std::shared_ptr<const Fields> fields_;
  std::shared_ptr<const std::array<Field, kFeatures>> feature_fields_;
  std::array<bool, 3> tried_{};
};

// For the registry; both are in view.cpp.
std::unique_ptr<work::Session> open(const SessionContext& context);
std::unique_ptr<View> view();

}  // namespace vitrine::views::playground
