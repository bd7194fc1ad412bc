// The program for TensorFlow.js: two models of layers, and the two in a row.
#include "engine/core/number.h"
#include "views/heartbeats/code_writer.h"

namespace vitrine::views::heartbeats {
namespace {

void network(CodeWriter& w) {
  for (const std::string& line : layer_classes(Language::tensorflow_js, w.layers().all())) w.line(line);
  w.begin();
  w.line("const encode = [");
  w.layer_lines("  ", w.layers().encode);
  w.line("];");
  w.line("const decode = [");
  w.layer_lines("  ", w.layers().decode);
  w.line("];");
  w.line("const through = (x, steps) => steps.reduce((x, step) => step.apply(x), x);");
  w.line("const beats = tf.input({shape: [" + to_text(w.width()) + "]}), point = tf.input({shape: [" +
         to_text(w.code()) + "]});");
  w.line("const encoder = tf.model({inputs: beats, outputs: through(beats, encode)});");
  w.line("const decoder = tf.model({inputs: point, outputs: through(point, decode)});");
  w.line("const autoencoder = tf.model({inputs: beats, outputs: decoder.apply(encoder.apply(beats))});");
}

void weights(CodeWriter& w) {
  if (w.too_many_weights()) return;
  w.line("const weights = [");
  for (const CodeWriter::Weight& each : w.weights()) {
    std::vector<std::string> extents;
    for (const std::int64_t extent : each.shape.extents()) extents.push_back(to_text(extent));
    w.line("  tf.tensor([" + joined(each.numbers, ", ") + "], [" + joined(extents, ", ") + "]),");
  }
  w.line("];");
  w.line("for (const step of [...encode, ...decode]) step.setWeights(step.weights.map(() => weights.shift()));");
}

void judging(CodeWriter& w, const Program& program) {
  w.note("A beat as the network sees it, and the error from which it is flagged");
  w.line("const beat = tf.tensor2d([[" + w.beat() + "]]);");
  w.about(kAboutThreshold);
  w.line("const threshold = " + to_text(program.threshold) + ";");
  w.about();
  w.line("function judge() {");
  w.line("  const rebuilt = autoencoder.predict(beat);");
  w.line("  const score = beat.sub(rebuilt).square().mean().dataSync()[0];");
  w.line("  console.log('code', ...encoder.predict(beat).dataSync());");
  w.line("  console.log('rebuilt', ...rebuilt.dataSync());");
  w.line("  console.log('score', score);");
  w.line("  console.log(score > threshold ? 'flagged' : 'passes');");
  w.line("}");
}

void training(CodeWriter& w, const Program& program) {
  w.notes_on_training();
  if (w.optimiser().empty())
    return w.note("TensorFlow.js has no " + program.settings.optimiser + ": nothing is trained.");
  w.line("const text = require('fs').readFileSync(process.argv[2], 'utf8').trim();");
  w.line("const read = tf.tensor2d(text.split('\\n').map(line => line.split(',').map(Number)));");
  w.about(kAboutScaling);
  w.line(w.offsets().empty() ? "const rows = read;"
                             : "const rows = read.sub([" + w.offsets() + "]).mul([" + w.factors() + "]);");
  w.about(kAboutOptimiser);
  w.line("autoencoder.compile({optimizer: " + w.optimiser() + ", loss: 'meanSquaredError'});");
  w.about(kAboutBatch);
  w.line("autoencoder.fit(rows, rows, {batchSize: " + to_text(program.settings.batch) +
         ", epochs: " + to_text(std::int64_t{kProgramEpochs}) + ", verbose: 0}).then(judge);");
  w.about();
}

}  // namespace

ProgramText write_tensorflow_js(const Program& program) {
  CodeWriter w(Language::tensorflow_js, program);
  w.line("const tf = require('@tensorflow/tfjs');");
  w.line();
  network(w);
  w.line();
  if (program.learnt) weights(w), w.line();
  judging(w, program);
  w.line();
  if (program.learnt)
    w.line("judge();");
  else
    training(w, program);
  return w.finish();
}

}  // namespace vitrine::views::heartbeats
