// What a person can set in First neuron, lesson by lesson.
#include "app/work/control_builder.h"
#include "engine/learn/optimiser.h"
#include "views/neuron/code.h"
#include "views/neuron/settings.h"

namespace vitrine::views::neuron {
namespace {

using Rows = work::Controls<Settings>;

std::string outside_neuron(const Settings& s) {
  return s.lesson == Lesson::neuron ? "" : "Belongs to the stage \"One neuron\".";
}
std::string outside_polynomial(const Settings& s) {
  return s.lesson == Lesson::polynomial ? "" : "Belongs to the stage \"A polynomial\".";
}

void add_neuron(Rows& rows) {
  rows.group("Neuron", outside_neuron)
      .real("neuron.weight", &Settings::weight, {.low = -kReach, .high = kReach},
            {"Weight w", "How steeply the line climbs.", "The line turns upwards."})
      .trained()
      .real("neuron.bias", &Settings::bias, {.low = -kReach, .high = kReach},
            {"Bias b", "Where the line crosses x = 0.", "The whole line moves up."})
      .trained()
      .integer("neuron.start", &Settings::start, {.low = 0, .high = 99999, .step = 1},
               {"Start", "Where the walk begins: 0 is w = −2, b = 3.5, any other number draws another weight.", ""})
      .on_stage()
      .group("Learning", outside_neuron)
      .real("learning.rate", &Settings::rate, {.low = 0.0001, .high = 1, .logarithmic = true},
            {"Rate", "How far each step goes along the gradient.", "Faster, then shaky, then the walk jumps out."})
      .choice("learning.loss", &Settings::loss, {{"squared", "Mean squared"}, {"absolute", "Mean absolute"}},
              {"Loss", "How the six errors become the one number that learning lowers.", ""})
      .group("Ask", outside_neuron)
      .real("ask.x", &Settings::question, {.low = -20, .high = 20, .step = 0.5},
            {"x", "A number the neuron has not seen; its answer stands below.", ""});
}

work::ControlTable block_table() {
  std::vector<work::Choice> kinds;
  for (const BlockKind& kind : block_kinds()) kinds.push_back({std::string(kind.id), std::string(kind.label)});
  const work::Range number{.low = 0, .high = kMostBlocks, .step = 1};
  return work::Controls<Block>()
      .choice("op", &Block::op, kinds, {"Block", "What the block does with its inputs.", ""})
      .integer("left", &Block::left, number,
               {"Upper input", "The number of the block whose value it takes; 0 is an open port.", ""})
      .integer("right", &Block::right, number,
               {"Lower input", "The number of the block whose value it takes; 0 is an open port.", ""})
      .real("value", &Block::value, {.low = -kReach, .high = kReach, .step = 0.1},
            {"Value", "The number that a constant is.", ""})
      .table();
}

void add_points(Rows& rows) {
  rows.group("Points", outside_polynomial)
      .choice("points.set", &Settings::points, {{"quadratic", "Quadratic"}, {"cubic", "Cubic"}, {"wave", "Wave"}},
              {"Points from", "The formula that the points come from, hidden from the blocks.", ""})
      .real("points.noise", &Settings::noise, {.low = 0, .high = 0.5, .step = 0.01},
            {"Noise", "How far points lie from their formula at most.", "A good fit has a larger loss."})
      .integer("points.seed", &Settings::point_seed, {.low = 0, .high = 99999, .step = 1},
               {"Seed", "Names the noise; the same seed gives the same points.", ""});
}

void add_blocks(Rows& rows) {
  constexpr const char* kWired = "The blocks are wired so already.";
  rows.group("Formula", outside_polynomial)
      .list("graph.blocks", &Settings::blocks, block_table(), kMostBlocks,
            {"Blocks", "The formula as blocks, each taking its inputs from others by number.", ""})
      .on_stage()
      .list("graph.running", &Settings::running, block_table(), kMostBlocks,
            {"Running blocks", "The last blocks that made a formula: they train while those on the stage do not.", ""})
      .on_stage()
      .disabled_when([](const Settings& s) -> std::string {
        return check(s.blocks).fault ? "" : "The blocks on the stage run themselves.";
      })
      .action("graph.quadratic", {"Wire a quadratic", "Makes the formula a x² + b x + c.", ""})
      .disabled_when([](const Settings& s) -> std::string { return s.blocks == quadratic_blocks() ? kWired : ""; })
      .action("graph.cubic", {"Wire a cubic", "Makes the formula a x³ + b x² + c x + d.", ""})
      .disabled_when([](const Settings& s) -> std::string { return s.blocks == cubic_blocks() ? kWired : ""; });
}

void add_fit(Rows& rows) {
  std::vector<work::Choice> optimisers;
  for (const learn::OptimiserKind* kind : fit_optimisers())
    optimisers.push_back({std::string(kind->name), std::string(kind->name)});
  rows.group("Descent", outside_polynomial)
      .choice("fit.optimiser", &Settings::optimiser, optimisers,
              {"Optimiser", "By which rule gradients move the parameters.", ""})
      .real("fit.rate", &Settings::fit_rate, {.low = 0.0001, .high = 10, .logarithmic = true},
            {"Rate", "How far each step goes along the gradient.", "Faster, then shaky, then the fit flies apart."})
      .real("fit.start", &Settings::fit_start, {.low = -2, .high = 2, .step = 0.1},
            {"Start", "What every parameter is before the first step.", ""})
      .group("View", outside_polynomial)
      .integer("view.point", &Settings::shown_point, {.low = 0, .high = kFitPoints - 1, .step = 1},
               {"Point", "The point whose numbers stand on the wires.", "A point further right."})
      .choice("view.language", &Settings::language, languages(),
              {"Code", "The language in which the same fit is written down.", ""})
      .on_stage();
}

}  // namespace

Settings::Settings() : blocks(quadratic_blocks()), running(blocks) {}

const work::ControlTable& control_table() {
  static const work::ControlTable table = [] {
    Rows rows;
    rows.choice("stage", &Settings::lesson, {{"neuron", "One neuron"}, {"polynomial", "A polynomial"}},
                {"Stage", "What learns: one neuron, or a formula that you wire from blocks.", ""});
    add_neuron(rows);
    add_points(rows);
    add_blocks(rows);
    add_fit(rows);
    return rows.table();
  }();
  return table;
}

}  // namespace vitrine::views::neuron
