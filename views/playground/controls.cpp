// What a person can set in the Playground; what the published one has comes first in every group, so that it is on the
// screen however short that is. What there is to choose from comes from the registries of data sets,
// optimisers, schedules and initialisers, so that a new one is offered here, too.
#include "views/playground/controls.h"

#include <algorithm>

#include "datasets/catalog.h"
#include "engine/core/math_double.h"
#include "engine/learn/schedule.h"
#include "engine/nn/part.h"
#include "views/playground/activations.h"
#include "views/playground/effort.h"
#include "views/playground/points.h"
#include "views/playground/presets.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {
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
template <class Kinds>
Choices named(const Kinds& kinds) {
  Choices choices;
  for (const auto* kind : kinds) choices.push_back({std::string(kind->name), std::string(kind->name)});
  return choices;
}

Choices starts() {
  Choices choices{{std::string(kPublished), "Published"}};
  for (const nn::Initialiser& each : nn::all_initialisers()) {
    if (each.name.ends_with("Bias")) continue;  // of a bias, not of a matrix
    choices.push_back({std::string(each.name), std::string(each.name)});
  }
  return choices;
}

std::string lacks(const Settings& s, std::string_view hyper) {
  const auto reals = learn::optimiser_of(s.optimiser).reals();
  return std::ranges::find(reals, hyper) != reals.end() ? "" : s.optimiser + " has no such number.";
}

void add_data(Rows& rows) {
  Choices experiments{{"none", "None"}};
  for (const Choice& choice : choices_of(presets())) experiments.push_back(choice);
  // Its path comes before all others, so that what a file says beside it is set after it.
  rows.group("Data")
      .choice("case.preset", &Settings::preset, std::move(experiments),
              {"Preset", "An experiment worth seeing, with a sentence about it.", ""})
      .choice("data.set", &Settings::set, choices_of(point_sets()), {"Points", "What the network has to learn.", ""})
      .on_stage()
      .integer("data.noise", &Settings::noise, {.low = 0, .high = 100, .step = 1, .unit = "%", .furthest = 1000},
               {"Noise", "How far points are displaced before they get their label.",
                "The classes mix, and there is less to learn."})
      .integer("data.share", &Settings::share, {.low = 1, .high = 99, .step = 1, .unit = "%"},
               {"Train share", "How many of the points the network learns from; the others test it.",
                "More to learn from, less to judge by."})
      .action("data.regenerate", {"New points", "Draws the next seed: other points of the same kind.", ""})
      .integer("data.count", &Settings::count, {.low = 0, .high = 20000, .step = 1, .furthest = kMostPoints},
               {"Samples", "Points in all, 20 at least; 0 is as many as the set has by itself.",
                "Slower, and easier to judge."})
      .comes_to([](const Settings& s) -> work::Value { return samples_of(s); })
      .rarely()
      .text("data.seed", &Settings::seed,
            {"Seed", "Names the random numbers behind points and first weights; the same seed gives the same run.", ""})
      .integer("data.balance", &Settings::balance, {.low = 1, .high = 100, .step = 1, .unit = "%"},
               {"Balance", "How many points of the other classes are left; the first class stays whole.",
                "The classes become equally frequent."})
      .disabled_when([](const Settings& s) {
        const datasets::DataSet* set = datasets::find_plane_set(s.set);
        return set != nullptr && set->classes == 0 ? "Values have no classes." : "";
      })
      .text("data.curve", &Settings::curve,
            {"Curve", "y = f(x1): points above it are of one class, those below of the other.", ""})
      .disabled_when([](const Settings& s) { return s.set == kOwnCurve ? "" : "It parts the set Above a curve."; })
      .text("data.table", &Settings::table,
            {"Own points", "The points that were painted, pasted or dropped, as CSV.", ""})
      .on_stage()
      .text("data.stroke", &Settings::stroke, {"Stroke", "A touch of the brush: add, erase or move, and where.", ""})
      .on_stage();
  struct Mapped {
    const char *id, *label;
    std::string Settings::*column;
  };
  for (const Mapped& each : {Mapped{"data.column_x1", "Column for x₁", &Settings::column_x1},
                             {"data.column_x2", "Column for x₂", &Settings::column_x2},
                             {"data.column_label", "Column for the label", &Settings::column_label}}) {
    rows.text(each.id, each.column,
              {each.label, "A name of the table's first line, or a number; empty: by itself.", ""})
        .disabled_when([](const Settings& s) { return s.set == kOwn ? "" : "Only a table of your own has columns."; });
  }
  rows.list("features.own", &Settings::formulas,
            work::Controls<FormulaSettings>()
                .text("formula", &FormulaSettings::formula,
                      {"Formula", "A number made of x1 and x2, as in sin(3 x1) + x2^2.", ""})
                .toggle("on", &FormulaSettings::on, {"Shown", "Whether the network is shown it.", ""})
                .table(),
            8, {"Formula", "A feature of your own.", "More to tell points apart by."})
      .text("data.address", &Settings::address,
            {"Open an address", "Takes an address of the published playground: its data, network and first weights.",
             ""});
}

void add_learning(Rows& rows) {
  rows.group("Learning")
      .real("learning.rate", &Settings::rate, {.low = 0.00001, .high = 10, .logarithmic = true},
            {"Learning rate", "How far each step moves the weights.", "Faster, then shaky, then it diverges."})
      .integer("learning.batch", &Settings::batch,
               {.low = 1, .high = 1024, .step = 1, .logarithmic = true, .furthest = kMostPoints},
               {"Batch size", "How many points are averaged into one step.",
                "Steadier steps, fewer of them an epoch; above the number of points, none."})
      .choice("learning.activation", &Settings::activation, choices_of(bends()),
              {"Activation", "How a hidden unit bends its sum.", ""})
      .choice("learning.penalty", &Settings::penalty, {{"none", "None"}, {"L1", "L1"}, {"L2", "L2"}},
              {"Regularisation", "Pulls weights towards zero; L1 lets links die.", ""})
      .real("learning.penalty_rate", &Settings::penalty_rate, {.low = 0, .high = 10},
            {"Regularisation rate", "How strongly weights are pulled towards zero.",
             "Smaller weights, smoother borders."})
      .disabled_when([](const Settings& s) { return s.penalty == Penalty::none ? "There is no regularisation." : ""; })
      .choice("learning.optimiser", &Settings::optimiser, named(learn::all_optimisers()),
              {"Optimiser", "By which rule gradients move the weights.", ""})
      .rarely()
      .choice("learning.loss", &Settings::loss, choices_of(losses()),
              {"Loss", "How far an answer is from its label; values are judged by squares where a loss is for classes.",
               ""});
  struct Word {
    std::string_view hyper;
    work::Words words;
  };
  const std::vector<Word> words{
      {"momentum", {"Momentum", "Share of the last step that is kept.", "Longer memory: faster, and it overshoots."}},
      {"beta1", {"Beta 1", "Share of the past in the mean of gradients.", "A steadier direction, slower to turn."}},
      {"beta2", {"Beta 2", "Share of the past in the mean of squares.", "A steadier measure of the usual step."}}};
  for (const Word& each : words) {
    rows.real("learning." + std::string(each.hyper), hyper_of(each.hyper)->value, {.low = 0, .high = 0.9999},
              each.words)
        .disabled_when([hyper = each.hyper](const Settings& s) { return lacks(s, hyper); });
  }
  rows.choice("learning.schedule", &Settings::schedule, named(learn::all_schedules()),
              {"Schedule", "How the learning rate changes as training goes on.", ""})
      .integer("learning.horizon", &Settings::horizon, {.low = 1, .high = 100000, .step = 1, .logarithmic = true},
               {"Schedule length", "Over how many epochs the schedule goes.", "The rate changes more slowly."})
      .disabled_when([](const Settings& s) { return s.schedule == "Constant" ? "The rate stays." : ""; })
      .action(
          "learning.recover",
          {"Start gentler", "Back to the first weights with a tenth of the learning rate: for a run that broke.", ""})
      .toggle("learning.anyway", &Settings::anyway,
              {"Train anyway", "Trains a network whose epochs take seconds without asking again.", ""})
      .disabled_when([](const Settings& s) {
        Settings asked = s;
        asked.anyway = false;
        return asks_first(asked).empty() ? "An epoch takes no time worth asking for." : "";
      })
      .real("stop.loss", &Settings::stop_loss, {.low = 0, .high = 2},
            {"Stop at test loss", "Training stops when the test loss is as low; 0: never.", "It stops sooner."})
      .integer("stop.patience", &Settings::stop_patience, {.low = 0, .high = 10000, .step = 1},
               {"Patience", "Training stops after so many epochs without a better test loss; 0: never.",
                "It waits longer for something better."})
      .choice("network.start", &Settings::start, starts(),
              {"First weights", "How weights are drawn before anything is learnt.", ""})
      .text("network.start_seed", &Settings::start_seed,
            {"Seed of weights", "Names the first weights; empty, they follow from the seed of the points.", ""})
      .action("network.redraw", {"New weights", "Other first weights for the same points.", ""});
}

void add_network(Rows& rows) {
  rows.group("Network");
  for (const Feature& feature : features()) {
    rows.toggle(std::string(feature.id), feature.on,
                {std::string(feature.label), "Whether the network is shown this feature of a point.", ""})
        .on_stage();
  }
  Choices layer_bends = choices_of(bends());
  layer_bends.insert(layer_bends.begin(), {std::string(kShared), "As the others"});
  rows.list("network.layers", &Settings::layers,
            work::Controls<LayerSettings>()
                .integer("units", &LayerSettings::units, {.low = 1, .high = 256, .step = 1, .furthest = 4096},
                         {"Units", "How many units the layer has.", "More edges to bend a boundary with."})
                .choice("activation", &LayerSettings::activation, std::move(layer_bends),
                        {"Activation", "How this layer's units bend their sums.", ""})
                .table(),
            1000, {"Hidden layers", "The layers between features and output.", "More ways to fold the plane."})
      .on_stage()
      .text("network.link", &Settings::link,
            {"Link", "Does something to a link: layer, from, to, and a weight, freeze, free or delete.", ""})
      .on_stage()
      .text("network.held", &Settings::held,
            {"Held links", "Links that training leaves alone: layer, from, to and the weight each keeps; 0 is deleted.",
             ""})
      .on_stage();
}

std::string no_code(const Settings& s) {
  return s.instrument == Instrument::code ? "" : "No code is shown.";
}

std::string flat(const Settings& s) {
  return s.surface ? "" : "No surface is shown.";
}

void add_view(Rows& rows) {
  rows.group("View")
      .toggle("view.test", &Settings::test, {"Test points", "Shows the points that the network never learns from.", ""})
      .toggle("view.discretise", &Settings::discretise,
              {"Discretise", "Shows which class an answer falls into instead of the answer.", ""})
      .toggle("view.surface", &Settings::surface,
              {"Surface", "Shows the answers as a surface over the plane; drag it to look from elsewhere.", ""})
      .rarely()
      .toggle("view.flow", &Settings::flow,
              {"Flow on links", "Dots that move along the links as training goes on.", ""})
      .toggle("view.errors", &Settings::errors,
              {"Errors", "Rings the points that the network answers wrongly; of values, those that are far off.", ""})
      .choice("view.brush", &Settings::brush,
              {{"off", "Off"},
               {"first", "First class"},
               {"second", "Second class"},
               {"third", "Third class"},
               {"erase", "Erase"},
               {"move", "Move"}},
              {"Brush", "What dragging over the field does: add points of a class, take some away, or move one.", ""})
      .choice("view.instrument", &Settings::instrument,
              {{"gradients", "Gradients"},
               {"weights", "Weights"},
               {"slopes", "Slopes"},
               {"units", "Still units"},
               {"classes", "Each class"},
               {"runs", "Runs"},
               {"code", "Code"}},
              {"Instrument", "What stands beside the loss.", ""})
      .real("view.x", &Settings::view_x, {.low = -kFarthest, .high = kFarthest},
            {"Middle x₁", "Where the middle of the field is: drag the field, or turn the wheel over it.",
             "The field shows what is further right."})
      .on_stage()
      .real("view.y", &Settings::view_y, {.low = -kFarthest, .high = kFarthest},
            {"Middle x₂", "Where the middle of the field is: drag the field, or turn the wheel over it.",
             "The field shows what is further up."})
      .on_stage()
      .real("view.zoom", &Settings::view_zoom, {.low = kLeastZoom, .high = kMostZoom, .logarithmic = true},
            {"Zoom", "How close the field looks at the plane; a double click on it goes home.",
             "Less of the plane, larger."})
      .on_stage()
      .real("view.turn", &Settings::turn, {.low = -180, .high = 180, .unit = "°"},
            {"Turn", "From which side the surface is looked at.", "The near side moves to the right."})
      .on_stage()
      .disabled_when(flat)
      .real("view.tilt", &Settings::tilt, {.low = kLeastTilt, .high = kMostTilt, .unit = "°"},
            {"Tilt", "From how high the surface is looked at.", "The plane is seen more from above."})
      .on_stage()
      .disabled_when(flat)
      .choice("view.language", &Settings::language, languages(),
              {"Language", "In which the experiment is written down.", ""})
      .on_stage()
      .disabled_when(no_code)
      .toggle(
          "view.learnt_weights", &Settings::learnt_weights,
          {"Learnt weights", "The code holds the weights as they are instead of those that training began with.", ""})
      .disabled_when(no_code);
}

}  // namespace

const Hyper* hyper_of(std::string_view name) {
  static constexpr Hyper kAll[] = {{learn::kRate, &Settings::rate},
                                   {"momentum", &Settings::momentum},
                                   {"beta1", &Settings::beta1},
                                   {"beta2", &Settings::beta2}};
  const auto* found = std::ranges::find(kAll, name, &Hyper::name);
  return found == std::end(kAll) ? nullptr : found;
}

const std::array<Feature, kFeatures>& features() {
  static constexpr std::array<Feature, kFeatures> kAll{{
      {"features.x1", "x₁", &Settings::x1, [](double x1, double) { return x1; }},
      {"features.x2", "x₂", &Settings::x2, [](double, double x2) { return x2; }},
      {"features.x1_squared", "x₁²", &Settings::x1_squared, [](double x1, double) { return x1 * x1; }},
      {"features.x2_squared", "x₂²", &Settings::x2_squared, [](double, double x2) { return x2 * x2; }},
      {"features.product", "x₁x₂", &Settings::product, [](double x1, double x2) { return x1 * x2; }},
      {"features.sine_x1", "sin x₁", &Settings::sine_x1, [](double x1, double) { return math::sin(x1); }},
      {"features.sine_x2", "sin x₂", &Settings::sine_x2, [](double, double x2) { return math::sin(x2); }},
  }};
  return kAll;
}

std::string feature_label(const Settings& settings, int feature) {
  constexpr std::size_t kMost = 9;  // letters beside a tile
  if (feature < kFeatures) return std::string(features()[static_cast<std::size_t>(feature)].label);
  std::string label = settings.formulas[static_cast<std::size_t>(feature - kFeatures)].formula;
  if (label.empty()) return "?";
  if (label.size() <= kMost) return label;
  std::size_t end = kMost - 1;
  while (end > 0 && (static_cast<unsigned char>(label[end]) & 0xC0) == 0x80) --end;  // at a whole letter
  return label.substr(0, end) + "…";
}

const work::ControlTable& control_table() {
  static const work::ControlTable table = [] {
    Rows rows;
    add_data(rows);
    add_learning(rows);
    add_network(rows);
    add_view(rows);
    return rows.table();
  }();
  return table;
}

const work::ControlTable& Session::controls() const {
  return control_table();
}

}  // namespace vitrine::views::playground
