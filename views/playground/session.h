// The session of the Playground: a small fully connected network learns to label points on a plane. One step is an
// epoch: every training row once, in mini-batches whose order was drawn with the data and stays. Rows that do not fill
// a batch at the end of an epoch are not wasted: their gradients join the first batch of the next one.
//
// Data and first weights come out of one stream named by data.seed, as in the published playground, so its addresses
// give its numbers. A structural edit keeps the weights that still fit; before anything was learnt it draws anew.
#pragma once

#include <array>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "app/work/session.h"
#include "engine/graph/plan.h"
#include "engine/learn/schedule.h"
#include "views/playground/close_up.h"
#include "views/playground/link_edit.h"
#include "views/playground/plane_feature.h"
#include "views/playground/points.h"
#include "views/playground/settings.h"

namespace vitrine::views {
struct SessionContext;
class View;
}  // namespace vitrine::views

namespace vitrine::views::playground {

inline constexpr int kFieldSize = 100;  // points of a tile's field along each edge, at most

int edge_of(const Field& field);  // points along it: kFieldSize, or fewer where the network is large
struct Fields {
  std::uint64_t version = 0;               // of the weights
  std::vector<std::vector<Field>> layers;  // [layer - 1][unit]
  std::vector<int> still;                  // of each layer: units that answer the same all over the plane
};

// How the answers to the test rows compare with their labels.
struct Score {
  std::vector<std::int64_t> confusion;  // [label × answer]; of classes
  double share = 0, by_chance = 0;      // of right answers; by chance: with the commonest label always
  double error = 0, of_mean = 0;        // of values: typical error, and that of the mean alone
  double explained = 0;                 // R², of values
};

// Of one class, out of the confusion: how many of those that were answered with it are of it, how many of those that
// are of it were answered with it, and the harmonic mean of both. No number where there are none.
struct ClassScore {
  double precision = 0, recall = 0, f1 = 0;
};
std::vector<ClassScore> by_class(const std::vector<std::int64_t>& confusion);

struct Snapshot final : work::Snapshot {
  std::shared_ptr<const Points> points;
  std::shared_ptr<const std::vector<Field>> features;  // the built-in ones, then the formulas
  std::vector<std::string> trouble;                    // sentences about formulas and tables that cannot be as written
  std::shared_ptr<const Fields> fields;
  Look look;  // what the view asked for last, and what it got
  std::shared_ptr<const CloseUp> close_up;
  bool sharp = false;  // it is as fine as it will be
  const Window& window() const { return close_up->window; }
  std::optional<UnitReading> reading;
  NetShape shape;
  std::vector<int> inputs;  // which features they are
  // By layer, from 0: weights [from × to], whether they are live, biases, and what the loss on the training rows says.
  std::vector<std::vector<float>> weights, live, biases, gradients;
  std::vector<double> gradient_norms;
  float train_loss = 0, test_loss = 0;
  Score score;
  // Of each point, as labels are: what was answered, or of several classes the surest one's number.
  std::shared_ptr<const std::vector<float>> answers;
  std::string remark;  // about the preset, until training begins
  std::string said;    // what the last edit of the structure kept; empty once training goes on
  // Between the stops of a step: which batch of how many, its rows, its loss once that is known.
  int batch = -1, batches = 0, stage = 0;
  std::size_t first_row = 0, rows = 0;
  float batch_loss = 0;
  std::shared_ptr<const ProgramText> code;      // while it is looked at
  std::vector<std::vector<float>> row_answers;  // of its first point: features, then each layer; once they are known
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
  std::vector<std::string> curve_names() const override { return {"train", "test", "penalty"}; }
  void measure(std::vector<float>& values) override;
  std::vector<work::ReadOut> results() override;
  std::unique_ptr<work::Snapshot> snapshot() override;
  std::string arithmetic() const override { return backend_->info().arithmetic; }
  const Plan* step_plan() override;

  // What the next snapshots show large. With time to spare they are sharpened, a slice of that work each time.
  void look_at(const Look& look, bool spare_time);
  const Points& points() const;
  // With weights as they are it does not train; else it does, from the first ones.
  ProgramText program(Language language, bool learnt, std::int64_t epochs) const;
  std::vector<float> weights(int layer) const;  // [from × to], row after row
  int parameters() const { return net().shape.parameters(); }

 private:
  struct Rows {
    std::vector<float> x, y;  // [count × inputs], [count × outputs]
    int count = 0;
  };
  struct Steps {  // one plan for each way a batch meets the incomplete one
    std::optional<Plan> full, takes, leaves;
  };
  struct Evaluation {
    std::uint64_t version = 0;
    float train_loss = 0, test_loss = 0;
    std::vector<float> test_answers;
    std::shared_ptr<const std::vector<float>> answers;  // as a snapshot has them
    std::vector<std::vector<float>> gradients;          // weights and bias of each layer in turn
  };
  // What follows from the settings; made anew when they change, the first time it is needed.
  struct Net {
    std::shared_ptr<const Points> points;
    NetShape shape;
    std::vector<int> inputs;
    std::int64_t batch = 0;
    Rows train, test;
    int full_batches = 0, rest = 0;  // of an epoch, and the rows of the incomplete one
    std::optional<Slab> slab, slots;
    StepRecipe recipe;
    learn::Schedule pace;
    std::vector<float> drawn;               // the slab as first weights were drawn
    std::vector<HeldLink> held;             // the links that training leaves alone, as the slab has them
    std::vector<float> fresh, fresh_slots;  // the slabs before anything was learnt, with held links
    Steps steps, explained;
    std::optional<Plan> train_evaluation, test_evaluation, train_loss, test_loss, field, probe;
    std::vector<PlaneFeature> features;  // the built-in ones, then the formulas
    std::vector<std::string> trouble;
    std::shared_ptr<const std::vector<Field>> feature_fields;
    int field_edge = kFieldSize;
    std::vector<float> grid;     // inputs of the field, over home
    std::uint64_t made_for = 0;  // the first version of the weights that it had
  };
  struct Sharpening {  // a close-up under way
    std::shared_ptr<CloseUp> image;
    std::size_t done = 0;  // of its places
    std::size_t places() const { return image->answers.front().size(); }
  };

  Net& net() const;
  void build_features(Net& net) const;
  void build_shape(Net& net) const;
  void paint();
  void expect_memory() const;
  void build_slabs(Net& net, datasets::SeedRandom& random) const;
  void take_over(Net& net, const Net& before) const;
  Rows rows_of(const Net& net, std::size_t first, std::size_t count) const;
  void bind_numbers() const;
  Steps& steps(bool explained) const;
  int full_batches() const { return net().full_batches; }
  int rest() const { return net().rest; }
  Plan& plan_of(Steps& steps, int batch) const;
  void run_batch(Steps& steps, int batch, int first_segment, int last_segment);
  void run_batches(Steps& steps, int first, int end);  // whole ones
  struct Best {                                        // test loss, while a rule asks for it
    float loss = std::numeric_limits<float>::infinity();
    std::int64_t step = 0;
  };
  void start_over();
  std::string why_stopped();
  std::string why_ended();  // by what training came to
  void note_best();
  void set_pace();
  void edit_link();
  void follow_held();
  static void hold(const std::vector<HeldLink>& held, const Net& net, std::vector<float>& values);
  static void let_go(const LinkPlace& place, const Net& net, std::vector<float>& values);
  void follow_rests();
  static bool is_fresh(const Net& net) { return net.slab->save() == net.fresh; }
  static bool rests(const Net& net);  // some link is not live
  Evaluation unknown(const NetShape& shape, int rows) const;
  const Evaluation& evaluate();
  struct Losses {  // no numbers while it is not known
    float train = std::numeric_limits<float>::quiet_NaN(), test = train;
  };
  Losses losses();
  float loss_of(std::optional<Plan>& plan, const Rows& rows);
  template <class Make>
  void run_over(std::optional<Plan>& plan, const Rows& rows, Make graph);
  Score judge();
  void show_layers(Snapshot& s);
  void show_inside(Snapshot& s);
  void show_row(Snapshot& s);
  float penalty() const;
  void note_tries(const Snapshot& s);
  void build_field(Net& net) const;
  std::shared_ptr<const Fields> fields();
  UnitPlace looked_at() const;
  std::int64_t work_of_place() const;
  int edge_within(std::int64_t work) const;
  int sharpest_edge() const;
  CloseUp subject() const;
  Sharpening begin_close_up(int edge) const;
  void answer(Sharpening& sharpening, std::int64_t work);
  void answer_as_feature(CloseUp& image, std::size_t first, std::size_t count) const;
  void answer_as_unit(CloseUp& image, std::size_t first, std::size_t count);
  std::shared_ptr<const CloseUp> close_up();
  Rows row_at(const ReadPlace& place) const;
  std::optional<UnitReading> read_unit();
  void show_close_up(Snapshot& s);
  std::shared_ptr<const ProgramText> code();

  std::shared_ptr<Backend> backend_;
  Settings settings_;
  mutable std::unique_ptr<Net> net_;
  mutable bool stale_ = true;
  mutable std::int64_t carried_ = 0;  // rows whose gradients wait
  mutable int inside_ = 0;
  mutable std::uint64_t version_ = 1;   // of the weights, for what is computed from them
  mutable std::vector<float> numbers_;  // bound to the plans: hyper-parameters, epoch, pull, share
  mutable std::string said_;
  std::int64_t step_ = 0;
  Best best_;
  std::vector<float> output_biases_;  // read again and again
  Evaluation evaluation_;
  std::shared_ptr<const Fields> fields_;
  Look look_;
  std::shared_ptr<const CloseUp> close_up_;
  Sharpening finer_;                         // of it
  std::shared_ptr<const ProgramText> code_;  // null: to be written anew
  std::array<bool, 3> tried_{};
};

// For the registry; both are in view.cpp.
std::unique_ptr<work::Session> open(const SessionContext& context);
std::unique_ptr<View> view();

}  // namespace vitrine::views::playground
