// The program for Keras: two functional models, and the two in a row.
#include "engine/core/number.h"
#include "views/heartbeats/code_writer.h"

namespace vitrine::views::heartbeats {
namespace {

void network(CodeWriter& w) {
  w.line("encode = [");
  w.layer_lines("    ", w.layers().encode);
  w.line("]");
  w.line("decode = [");
  w.layer_lines("    ", w.layers().decode);
  w.line("]");
  w.line();
  w.line("def through(x, steps):");
  w.line("    for step in steps:");
  w.line("        x = step(x)");
  w.line("    return x");
  w.line();
  w.line("beats, point = keras.Input((" + to_text(w.width()) + ",)), keras.Input((" + to_text(w.code()) + ",))");
  w.line("encoder = keras.Model(beats, through(beats, encode))");
  w.line("decoder = keras.Model(point, through(point, decode))");
  w.line("autoencoder = keras.Model(beats, decoder(encoder(beats)))");
}

void weights(CodeWriter& w) {
  if (w.too_many_weights()) return;
  w.line("weights = [");
  for (const CodeWriter::Weight& each : w.weights()) {
    std::vector<std::string> extents;
    for (const std::int64_t extent : each.shape.extents()) extents.push_back(to_text(extent));
    w.line("    np.array([" + joined(each.numbers, ", ") + "], dtype=\"float32\").reshape(" + joined(extents, ", ") +
           "),");
  }
  w.line("]");
  w.line("for step in encode + decode:");
  w.line("    step.set_weights([weights.pop(0) for _ in step.weights])");
}

void training(CodeWriter& w, const Program& program) {
  w.notes_on_training();
  w.line("rows = np.loadtxt(sys.argv[1], delimiter=\",\", dtype=\"float32\")");
  w.about(kAboutScaling);
  if (!w.offsets().empty()) w.line("rows = (rows - np.array([" + w.offsets() + "])) * np.array([" + w.factors() + "])");
  w.about(kAboutOptimiser);
  w.line("autoencoder.compile(optimizer=" + w.optimiser() + ", loss=\"mse\")");
  w.about(kAboutBatch);
  w.line("autoencoder.fit(rows, rows, batch_size=" + to_text(program.settings.batch) +
         ", epochs=" + to_text(std::int64_t{kProgramEpochs}) + ", verbose=0)");
  w.about();
}

}  // namespace

ProgramText write_keras(const Program& program) {
  CodeWriter w(Language::keras, program);
  if (!program.learnt) w.line("import sys");
  w.line("import keras");
  w.line("import numpy as np");
  w.line("from keras import layers");
  w.line();
  w.begin();
  network(w);
  w.line();
  if (program.learnt)
    weights(w);
  else
    training(w, program);
  w.line();
  w.note("A beat as the network sees it, and the error from which it is flagged");
  w.line("beat = np.array([[" + w.beat() + "]], dtype=\"float32\")");
  w.about(kAboutThreshold);
  w.line("threshold = " + to_text(program.threshold));
  w.about();
  w.line("rebuilt = np.array(autoencoder(beat))");
  w.line("score = np.mean((beat - rebuilt) ** 2)");
  w.line("print(\"code\", *np.array(encoder(beat))[0])");
  w.line("print(\"rebuilt\", *rebuilt[0])");
  w.line("print(\"score\", score)");
  w.line("print(\"flagged\" if score > threshold else \"passes\")");
  return w.finish();
}

}  // namespace vitrine::views::heartbeats
