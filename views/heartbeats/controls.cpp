// What a person can set in Heartbeats. What there is to choose from comes from the registries of scalings, optimisers
// and threshold rules.
#include "views/heartbeats/controls.h"

#include "datasets/anomaly/injection.h"
#include "datasets/anomaly/threshold.h"
#include "engine/core/number.h"
#include "engine/learn/optimiser.h"

namespace vitrine::views::heartbeats {
namespace {

using work::Choice;
using Choices = std::vector<Choice>;
using Rows = work::Controls<Settings>;

template <class List>
Choices choices_of(const List& list) {
  Choices choices;
  for (const auto& each : list) choices.push_back({std::string(each.id), std::string(each.label)});
  return choices;
}

Choices optimisers() {
  Choices choices;
  for (const auto* kind : learn::all_optimisers()) {
    choices.push_back({std::string(kind->name), std::string(kind->name)});
  }
  return choices;
}

std::string only_for(const Settings& s, std::string_view rule, const char* why) {
  return s.rule == rule ? "" : why;
}

std::string shown_by(const Settings& s, Shows shows, const char* why) {
  return s.shows == shows ? "" : why;
}

Choices injection_choices() {
  Choices choices = choices_of(datasets::injections());
  choices.insert(choices.begin(), Choice{"none", "Nothing"});
  return choices;
}
std::string no_injection(const Settings& s) {
  return s.injection == "none" ? "Nothing is injected." : "";
}
std::string only_files(const Settings& s) {
  return s.generated() ? "Only files hold long series." : "";
}

// Units with a low number, as formulas have them, then components.
Choices code_parts() {
  constexpr std::string_view kLow[] = {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};
  Choices all;
  for (std::int64_t i = 1; i <= kMostCode; ++i) {
    std::string label = "h";
    for (const char digit : to_text(i)) label += kLow[digit - '0'];
    all.push_back({"h" + to_text(i), label});
  }
  for (std::int64_t i = 1; i <= kComponents; ++i) all.push_back({"p" + to_text(i), "principal " + to_text(i)});
  return all;
}

void add_data(Rows& rows) {
  rows.group("Data")
      .choice("data.set", &Settings::source, {{"generated", "Generated"}, {"files", "Files"}},
              {"Set", "Beats that Vitrine makes, or rows of CSV files of yours.", ""})
      .choice("data.scaling", &Settings::scaling, choices_of(datasets::scaling_names()),
              {"Scaling", "In which range the network sees the numbers; fitted on training rows.", ""})
      .integer("data.contamination", &Settings::contamination, {.low = 0, .high = 70, .step = 1, .unit = "%"},
               {"Contamination", "How many of the rows that are learnt from are anomalies.",
                "Anomalies come back well, too, and the alarm goes quiet."})
      .choice("data.injection", &Settings::injection, injection_choices(),
              {"Injected", "How normal rows that are judged are spoiled, to see what is noticed.", ""})
      .real("data.injection_strength", &Settings::injection_strength, {.low = 0, .high = 5},
            {"Strength", "Of what is injected; 1 is as large as a beat varies by itself.", "Easier to notice."})
      .disabled_when(no_injection)
      .integer("data.injected", &Settings::injected, {.low = 1, .high = 90, .step = 1, .unit = "%"},
               {"Share injected", "How many of the normal rows that are judged are spoiled.", "More anomalies."})
      .disabled_when(no_injection)
      .integer("data.train_rows", &Settings::train_rows, {.low = 0, .high = 5000, .step = 1},
               {"Training rows", "How many rows are learnt from; 0 is all there are.", "More to learn from."})
      .integer("data.beats", &Settings::beats, {.low = 50, .high = 20000, .step = 50},
               {"Beats", "How many beats are generated.", "More to learn from and to judge by."})
      .disabled_when([](const Settings& s) { return s.generated() ? "" : "The files say how many."; })
      .integer("data.seed", &Settings::data_seed, {.low = 0, .high = 99999, .step = 1},
               {"Seed", "Names the generated beats and which rows are for validation.", ""})
      .text("data.train_file", &Settings::train_file,
            {"Training file",
             "Path of a CSV file, a row a line; what is called label says what is normal: 1, or the word.", ""})
      .text("data.test_file", &Settings::test_file,
            {"Test file", "Path of the rows to judge by; empty: a fifth of the training file.", ""})
      .integer("data.window", &Settings::window, {.low = 0, .high = 4096, .step = 1},
               {"Window", "How many lines of a long series make one row; 0: every line is a row.",
                "More of the series is seen at once."})
      .disabled_when(only_files)
      .real("data.rate", &Settings::samples_per_second, {.low = 0, .high = 1000000},
            {"Samples a second", "How fast a file was recorded, for the axis of time; 0: it counts steps.", ""})
      .disabled_when([](const Settings& s) { return s.generated() ? "Generated beats know their rate." : ""; })
      .integer("data.stride", &Settings::stride, {.low = 1, .high = 4096, .step = 1},
               {"Stride", "How many lines lie between the beginnings of two windows.", "Fewer windows."})
      .disabled_when(
          [](const Settings& s) { return s.window == 0 ? std::string("There are no windows.") : only_files(s); });
}

void add_model(Rows& rows) {
  const work::ControlTable layer = work::Controls<HiddenLayer>()
                                       .integer("units", &HiddenLayer::units, {.low = 1, .high = 256, .step = 1},
                                                {"Units", "How many numbers leave this layer.", "More can be kept."})
                                       .table();
  rows.group("Model")
      .choice("model.preset", &Settings::preset,
              {{"own", "As set"}, {"ours", "Ours"}, {"talk", "The talk's"}, {"original", "The original"}},
              {"Preset", "Sets sizes, scaling and recipe to those of a known model.", ""})
      .choice("model.form", &Settings::form,
              {{"dense", "Dense"}, {"convolutional", "Convolutional"}, {"variational", "Variational"}},
              {"Form", "Units that see the whole beat, filters that move along it, or a code with chance in it.", ""})
      .real("model.cloud", &Settings::cloud, {.low = 0.000001, .high = 1, .logarithmic = true},
            {"Cloud", "How much the code of a variational network is drawn towards a standard cloud.",
             "The code is smoother to walk in, and says less of each beat."})
      .disabled_when([](const Settings& s) {
        return s.form == ModelForm::variational ? "" : "Only a variational network has it.";
      })
      .list("model.layers", &Settings::layers, layer, 6,
            {"Layers", "Of the encoder, from the beat to the code; the decoder mirrors them.", ""})
      .on_stage()
      .integer("model.code", &Settings::code, {.low = 1, .high = static_cast<double>(kMostCode), .step = 1},
               {"Code", "How many numbers a beat is squeezed into.", "Beats come back better, strange ones as well."})
      .choice("model.activation", &Settings::activation,
              {{"tanh", "Tanh"}, {"relu", "ReLU"}, {"elu", "ELU"}, {"sigmoid", "Sigmoid"}, {"linear", "Linear"}},
              {"Activation", "How hidden units bend their sums.", ""})
      .choice("model.output", &Settings::output, {{"linear", "Linear"}, {"sigmoid", "Sigmoid"}},
              {"Output", "Linear for any number, sigmoid for numbers from 0 to 1.", ""})
      .real("model.noise", &Settings::noise, {.low = 0, .high = 2},
            {"Denoise", "Chance added to the beat while training; the clean one is to come out.",
             "The network learns the common shape instead of copying."})
      .integer("model.seed", &Settings::start_seed, {.low = 0, .high = 99999, .step = 1},
               {"First weights", "Names the weights before anything is learnt.", ""});
}

void add_learning(Rows& rows) {
  rows.group("Learning")
      .real("learning.rate", &Settings::rate, {.low = 0.00001, .high = 10, .logarithmic = true},
            {"Learning rate", "How far each step moves the weights.", "Faster, then shaky, then it diverges."})
      .integer("learning.batch", &Settings::batch, {.low = 1, .high = 1024, .step = 1, .logarithmic = true},
               {"Batch size", "How many beats are averaged into one step.", "Steadier steps, fewer of them an epoch."})
      .choice("learning.optimiser", &Settings::optimiser, optimisers(),
              {"Optimiser", "By which rule gradients move the weights.", ""})
      .real("learning.beta1", &Settings::beta1, {.low = 0, .high = 0.9999},
            {"Beta 1", "Share of the past in the mean of gradients.", "A steadier direction, slower to turn."})
      .choice("learning.penalty", &Settings::penalty,
              {{"none", "None"}, {"l1", "L1"}, {"l2", "L2"}, {"both", "L1 and L2"}},
              {"Regularisation", "Pulls hidden weights towards zero.", ""})
      .real("learning.penalty_rate", &Settings::penalty_rate, {.low = 0, .high = 1},
            {"Regularisation rate", "How strongly weights are pulled towards zero.", "Smaller weights."})
      .disabled_when([](const Settings& s) { return s.penalty == Penalty::none ? "There is no regularisation." : ""; });
}

void add_threshold(Rows& rows) {
  rows.group("Threshold")
      .choice("threshold.rule", &Settings::rule, choices_of(datasets::threshold_rules()),
              {"Rule", "How the threshold is chosen, on validation rows alone.", ""})
      .real("threshold.above", &Settings::by_hand, {.low = 0, .high = kMostError},
            {"Error above", "A beat with a larger error is flagged; 0 leaves it to the rule.",
             "Fewer alarms, more misses."})
      .on_stage()
      .real("threshold.beta", &Settings::beta, {.low = 0.1, .high = 10, .logarithmic = true},
            {"Beta", "How much more a miss counts than a false alarm.", "Fewer misses, more alarms."})
      .disabled_when([](const Settings& s) { return only_for(s, "f_beta", "Only F-beta has it."); })
      .real("threshold.price", &Settings::price, {.low = 0.01, .high = 1000, .logarithmic = true},
            {"Price of a miss", "Where a false alarm costs 1.", "Fewer misses, more alarms."})
      .disabled_when([](const Settings& s) { return only_for(s, "cost", "Only the least cost has it."); })
      .real("threshold.percentile", &Settings::percentile, {.low = 50, .high = 100},
            {"Percentile", "The share of rows learnt from that passes.", "Fewer alarms, more misses."})
      .disabled_when([](const Settings& s) { return only_for(s, "percentile", "Only the percentile has it."); })
      .real("threshold.sigmas", &Settings::sigmas, {.low = 0, .high = 10},
            {"Deviations", "Above the mean error of what was learnt from.", "Fewer alarms, more misses."})
      .disabled_when([](const Settings& s) { return only_for(s, "sigma", "Only mean + kσ has it."); })
      .real("threshold.risk", &Settings::risk, {.low = 0.01, .high = 10, .logarithmic = true, .unit = "%"},
            {"Risk", "The share of normal beats that may be flagged.", "More alarms, fewer misses."})
      .disabled_when([](const Settings& s) { return only_for(s, "extreme", "Only the extreme value has it."); })
      .action("test.open",
              {"Open the test rows", "Judges the model by rows that nothing was learnt or chosen on.", ""});
}

void add_stage(Rows& rows) {
  rows.group("Code")
      .choice("code.across", &Settings::across, code_parts(),
              {"Across",
               "Which unit of the bottleneck, or which of its principal components, the picture shows from "
               "left to right.",
               ""})
      .on_stage()
      .choice("code.up", &Settings::up, code_parts(),
              {"Upwards",
               "Which unit of the bottleneck, or which of its principal components, the picture shows "
               "upwards.",
               ""})
      .on_stage()
      .choice("code.colours", &Settings::colours, {{"verdict", "Verdict"}, {"kind", "Kind"}},
              {"Colours", "What the colours of the points stand for: normal or not, or the kind of beat.", ""})
      .on_stage()
      .choice("stage.shows", &Settings::shows,
              {{"beat", "Beats"},
               {"point", "Walk"},
               {"drawn", "Draw"},
               {"scaling", "Scaling"},
               {"inside", "Inside"},
               {"timing", "Time"},
               {"code", "Code"}},
              {"Stage",
               "A validation beat, a point of the code that is decoded, a beat of your own, what the scaling does to a "
               "beat, "
               "the network while a beat goes through it, how fast this machine is, or the experiment as a program.",
               ""})
      .on_stage()
      .integer("stage.beat", &Settings::beat, {.low = -1, .high = 1000000, .step = 1},
               {"Beat inside", "Which validation beat goes through the network; -1: the first anomaly.", ""})
      .on_stage()
      .disabled_when([](const Settings& s) { return shown_by(s, Shows::inside, "Nothing is looked into."); })
      .choice("stage.language", &Settings::language, languages(),
              {"Language", "In which the experiment is written as a program.", ""})
      .on_stage()
      .disabled_when([](const Settings& s) { return shown_by(s, Shows::code, "No code is shown."); })
      .toggle("stage.learnt_weights", &Settings::learnt_weights,
              {"Learnt weights", "The program holds the weights as they are instead of training some.", ""})
      .on_stage()
      .disabled_when([](const Settings& s) { return shown_by(s, Shows::code, "No code is shown."); })
      .integer(
          "stage.change", &Settings::change, {.low = -1, .high = kMostRows - 1, .step = 1},
          {"Smallest change", "The validation beat for which the smallest change to pass is shown; -1 for none.", ""})
      .on_stage()
      .text("stage.point", &Settings::point,
            {"Point of the code", "Numbers that are decoded; empty: the middle of what is normal.", ""})
      .on_stage()
      .text("stage.drawn", &Settings::drawn,
            {"Own beat", "Values in units of the data; empty: the mean normal beat.", ""})
      .on_stage();
}

}  // namespace

const work::ControlTable& control_table() {
  static const work::ControlTable table = [] {
    Rows rows;
    add_data(rows);
    add_model(rows);
    add_learning(rows);
    add_threshold(rows);
    add_stage(rows);
    return rows.table();
  }();
  return table;
}

}  // namespace vitrine::views::heartbeats
