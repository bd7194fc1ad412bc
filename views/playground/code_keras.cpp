// The program for Keras: a Sequential that is compiled and fitted.
#include "engine/core/number.h"
#include "views/playground/code_words.h"

namespace vitrine::views::playground {
namespace {

void data(CodeWriter& w, const Program& program) {
  w.line("import keras");
  w.line("import numpy as np");
  w.line("from keras import layers, ops");
  w.line();
  w.about(kAboutPoints);
  w.note("x1, x2 and label of the points to learn from");
  w.line("points = np.array([");
  w.points("    ", "[", "]");
  w.line("])");
  w.about(kAboutFeatures);
  w.line("def features(x1, x2):");
  w.line("    return np.stack([" + w.features() + "], axis=-1).astype(\"float32\")");
  w.about(kAboutPoints);
  w.line();
  w.line("x = features(points[:, 0], points[:, 1])");
  w.line(program.shape.answer == Answer::classes ? "y = np.eye(" + to_text(std::int64_t{program.shape.outputs}) +
                                                       ", dtype=\"float32\")[points[:, 2].astype(int)]"
                                                 : "y = points[:, 2:].astype(\"float32\")");
}

std::string regulariser(const Settings& settings) {
  if (settings.penalty == Penalty::none) return {};
  // Keras has the square itself, whose slope is twice the weight.
  const bool squares = settings.penalty == Penalty::l2;
  return std::string(", kernel_regularizer=keras.regularizers.") + (squares ? "L2(" : "L1(") +
         to_text(squares ? settings.penalty_rate / 2 : settings.penalty_rate) + ")";
}

void network(CodeWriter& w, const Program& program) {
  const NetShape& shape = program.shape;
  w.about();
  w.line();
  w.begin();
  w.line("model = keras.Sequential([");
  w.line("    keras.Input((" + to_text(std::int64_t{shape.inputs}) + ",)),");
  for (int layer = 1; layer <= shape.layers(); ++layer) {
    const std::string name = layer == shape.layers() ? "output" : "layer_" + to_text(std::int64_t{layer});
    w.about_layer(layer);
    w.line("    layers.Dense(" + to_text(std::int64_t{shape.units(layer)}) + ", activation=" + w.bend(layer) +
           regulariser(program.settings) + ", name=\"" + name + "\"),");
  }
  w.about();
  w.line("])");
  w.about(kAboutWeights);
  if (program.numbers.empty()) return w.note("There are too many weights to write them out: others are drawn.");
  w.line("model.set_weights([np.array(weight, dtype=\"float32\") for weight in [");
  for (std::size_t i = 0; i < program.numbers.size(); ++i) w.line("    [" + w.rows_of(i) + "],");
  w.line("]])");
}

void training(CodeWriter& w, const Program& program) {
  w.notes_on_training();
  const std::string optimiser = w.optimiser();
  w.about(kAboutOptimiser);
  w.line("model.compile(optimizer=" + optimiser + ", loss=loss)");
  w.about(kAboutBatch);
  w.line("model.fit(x, y, batch_size=" + to_text(std::int64_t{w.batch()}) + ", epochs=" + to_text(program.epochs) +
         ", shuffle=False, verbose=0)");
}

}  // namespace

ProgramText write_keras(const Program& program) {
  CodeWriter w(Language::keras, program);
  data(w, program);
  network(w, program);
  w.about(kAboutLoss);
  w.line();
  w.line("def loss(y, a):");
  w.line("    return " + w.loss());
  w.line();
  if (program.epochs > 0) training(w, program);
  w.about();
  w.line("print(\"loss\", float(ops.mean(loss(y, model(x)))))");
  w.line("for x2 in (6, 2, -2, -6):");
  w.line("    for x1 in (-6, -2, 2, 6):");
  w.line("        print(\"answer\", x1, x2, *model(features(np.array([x1]), np.array([x2])))[0])");
  return w.finish();
}

}  // namespace vitrine::views::playground
