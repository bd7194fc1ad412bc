// What a person can set in the Playground.
#include "app/work/control_builder.h"
#include "datasets/catalog.h"
#include "engine/core/math_double.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {

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

const work::ControlTable& Session::controls() const {
  static const work::ControlTable table = [] {
    std::vector<work::Choice> sets;
    for (const datasets::DataSet& set : datasets::plane_sets()) {
      sets.push_back({std::string(set.id), std::string(set.label)});
    }
    work::Controls<Settings> rows;
    rows.group("Data")
        .choice("data.set", &Settings::set, sets, {"Points", "What the network has to learn.", ""})
        .on_stage()
        .integer("data.noise", &Settings::noise, {.low = 0, .high = 50, .step = 5, .unit = "%"},
                 {"Noise", "How far points are displaced before they get their label.",
                  "The classes mix, and there is less to learn."})
        .integer("data.share", &Settings::share, {.low = 10, .high = 90, .step = 10, .unit = "%"},
                 {"Train share", "How many of the points the network learns from; the others test it.",
                  "More to learn from, less to judge by."})
        .text(
            "data.seed", &Settings::seed,
            {"Seed", "Names the random numbers behind points and first weights; the same seed gives the same run.", ""})
        .action("data.regenerate", {"New points", "Draws the next seed: other points of the same kind.", ""})
        .group("Learning")
        .real("learning.rate", &Settings::rate, {.low = 0.00001, .high = 10, .logarithmic = true},
              {"Learning rate", "How far each step moves the weights.", "Faster, then shaky, then it diverges."})
        .integer(
            "learning.batch", &Settings::batch, {.low = 1, .high = 30, .step = 1},
            {"Batch size", "How many points are averaged into one step.", "Steadier steps, fewer of them an epoch."})
        .choice("learning.activation", &Settings::activation,
                {{"tanh", "Tanh"}, {"relu", "ReLU"}, {"sigmoid", "Sigmoid"}, {"linear", "Linear"}},
                {"Activation", "How a hidden unit bends its sum.", ""})
        .group("Network");
    for (const Feature& feature : features()) {
      rows.toggle(std::string(feature.id), feature.on,
                  {std::string(feature.label), "Whether the network is shown this feature of a point.", ""})
          .on_stage();
    }
    rows.list("network.layers", &Settings::layers,
              work::Controls<LayerSettings>()
                  .integer("units", &LayerSettings::units, {.low = 1, .high = 8, .step = 1},
                           {"Units", "How many units the layer has.", "More edges to bend a boundary with."})
                  .table(),
              6, {"Hidden layers", "The layers between features and output.", "More ways to fold the plane."})
        .on_stage()
        .text("network.link", &Settings::link, {"Link", "The last weight set by hand: layer, from, to, weight.", ""})
        .on_stage()
        .group("View")
        .toggle("view.test", &Settings::test,
                {"Test points", "Shows the points that the network never learns from.", ""})
        .toggle("view.discretise", &Settings::discretise,
                {"Discretise", "Shows which class an answer falls into instead of the answer.", ""})
        .toggle("view.flow", &Settings::flow,
                {"Flow on links", "Dots that move along the links as training goes on.", ""});
    return rows.table();
  }();
  return table;
}

}  // namespace vitrine::views::playground
