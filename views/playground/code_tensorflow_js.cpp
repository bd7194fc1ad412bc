// The program for TensorFlow.js: layers for the network, a loop of one's own for the rule of the batches.
#include <algorithm>

#include "engine/core/number.h"
#include "views/playground/code_words.h"

namespace vitrine::views::playground {
namespace {

void data(CodeWriter& w, const Program& program) {
  w.line("const tf = require('@tensorflow/tfjs');");
  w.line();
  w.about(kAboutPoints);
  w.note("x1, x2 and label of the points to learn from");
  w.line("const points = [");
  w.points("  ", "[", "]");
  w.line("];");
  w.about(kAboutFeatures);
  w.line("const features = (x1, x2) => [" + w.features() + "];");
  w.about(kAboutPoints);
  w.line("const x = tf.tensor2d(points.map(([x1, x2]) => features(x1, x2)));");
  w.line(program.shape.answer == Answer::classes ? "const y = tf.oneHot(points.map(p => p[2]), " +
                                                       to_text(std::int64_t{program.shape.outputs}) + ").toFloat();"
                                                 : "const y = tf.tensor2d(points.map(p => [p[2]]));");
}

bool is_name(const std::string& bend) {
  return bend.starts_with("'");
}

void network(CodeWriter& w, const NetShape& shape) {
  bool own = false;
  for (int layer = 1; layer <= shape.layers(); ++layer) own = own || !is_name(w.bend(layer));
  w.about();
  w.line();
  if (own) {
    w.about("learning.activation");
    w.line("class Bend extends tf.layers.Layer {");
    w.line("  static className = 'Bend';");
    w.line("  constructor(bend) { super({}); this.bend = bend; }");
    w.line("  call(x) { return tf.tidy(() => this.bend(Array.isArray(x) ? x[0] : x)); }");
    w.line("  computeOutputShape(shape) { return shape; }");
    w.line("}");
  }
  w.about();
  w.begin();
  w.line("const model = tf.sequential();");
  for (int layer = 1; layer <= shape.layers(); ++layer) {
    const std::string bend = w.bend(layer);
    w.about_layer(layer);
    w.line("model.add(tf.layers.dense({units: " + to_text(std::int64_t{shape.units(layer)}) +
           (is_name(bend) ? ", activation: " + bend : "") +
           (layer == 1 ? ", inputShape: [" + to_text(std::int64_t{shape.inputs}) + "]" : "") + "}));");
    if (!is_name(bend)) w.line("model.add(new Bend(" + bend + "));");
  }
}

void numbers(CodeWriter& w, const Program& program) {
  w.about(kAboutWeights);
  if (program.numbers.empty()) return w.note("There are too many weights to write them out: others are drawn.");
  w.line("model.setWeights([");
  for (std::size_t i = 0; i < program.numbers.size(); ++i) w.line("  [" + w.rows_of(i) + "],");
  w.line("].map(weight => tf.tensor(weight)));");
}

// What follows the optimiser: the penalty, and links that rest.
void after_step(CodeWriter& w, const Program& program, const std::string& indent) {
  const Penalty penalty = program.settings.penalty;
  if (penalty == Penalty::none && !w.rests()) return;
  w.about(kAboutPenalty);
  w.line(indent + "variables.forEach((v, i) => {");
  w.line(indent + "  if (i % 2) return;  // a bias");
  const char* pulled = penalty == Penalty::l2   ? "v.sub(before[i].mul(pull))"
                       : penalty == Penalty::l1 ? "v.sub(before[i].sign().mul(pull))"
                                                : "v";
  w.line(indent + "  let next = " + std::string(pulled) + ";");
  if (w.rests()) w.line(indent + "  const moves = live[i / 2];");
  if (penalty == Penalty::l1) {
    w.line(indent + "  const dies = v.mul(next).less(0);");
    w.line(indent + "  live[i / 2] = moves.logicalAnd(dies.logicalNot());");
    w.line(indent + "  next = tf.where(dies, tf.zerosLike(next), next);");
  }
  w.line(indent + (w.rests() ? "  v.assign(tf.where(moves, next, before[i]));" : "  v.assign(next);"));
  w.line(indent + "});");
}

void live(CodeWriter& w, const Program& program) {
  if (program.live.empty())
    return w.line("const live = variables.filter((v, i) => i % 2 == 0).map(v => tf.ones(v.shape, 'bool'));");
  w.line("const live = [");
  for (int layer = 1; layer <= program.shape.layers(); ++layer)
    w.line("  tf.tensor2d([" + joined(program.live[static_cast<std::size_t>(layer) - 1], ", ") + "], [" +
           to_text(std::int64_t{program.shape.units(layer - 1)}) + ", " +
           to_text(std::int64_t{program.shape.units(layer)}) + "], 'bool'),");
  w.line("];");
}

void training(CodeWriter& w, const Program& program) {
  w.about();
  w.line();
  w.notes_on_training();
  const std::string optimiser = w.optimiser();
  w.about(kAboutOptimiser);
  if (optimiser.empty()) return w.note("TensorFlow.js has no " + program.settings.optimiser + ": nothing is trained.");
  const bool looks_back = program.settings.penalty != Penalty::none || w.rests();
  w.line("const optimizer = " + optimiser + ";");
  w.about();
  w.line("const variables = model.trainableWeights.map(weight => weight.val);");
  w.about(kAboutPull);
  if (program.settings.penalty != Penalty::none) w.line("const pull = " + w.pull() + ";");
  w.about(kAboutPenalty);
  if (w.rests()) live(w, program);
  w.about(kAboutBatch);
  w.line("const batch = " + to_text(std::int64_t{w.batch()}) + ";");
  if (w.waits() || w.never()) w.line("let waiting = [], count = 0;  // gradient sums of the last, incomplete batch");
  w.about();
  w.line("for (let epoch = 0; epoch < " + to_text(program.epochs) + "; epoch++) {");
  w.line("  for (let first = 0; first < points.length; first += batch) tf.tidy(() => {");
  w.line("    const rows = Math.min(batch, points.length - first);");
  w.line("    const cost = () => loss(y.slice(first, rows), model.apply(x.slice(first, rows)));");
  w.line("    const {grads} = tf.variableGrads(cost, variables);");
  if (w.waits() || w.never()) {
    w.about(kAboutBatch);
    w.line("    if (rows < batch) {");
    w.line("      waiting = variables.map(v => tf.keep(grads[v.name].mul(rows)));");
    w.line("      count = rows;");
    w.line("      return;");
    w.line("    }");
    w.line("    variables.forEach((v, i) => {");
    w.line("      if (count > 0) grads[v.name] = grads[v.name].mul(rows).add(waiting[i]).div(rows + count);");
    w.line("    });");
    w.line("    count = 0;");
  }
  w.about(kAboutPenalty);
  if (looks_back) w.line("    const before = variables.map(v => v.clone());");
  w.about(kAboutOptimiser);
  w.line("    optimizer.applyGradients(grads);");
  after_step(w, program, "    ");
  w.about(kAboutPenalty);
  if (program.settings.penalty == Penalty::l1) w.line("    live.forEach(each => tf.keep(each));");
  w.about();
  w.line("  });");
  w.line("}");
}

}  // namespace

ProgramText write_tensorflow_js(const Program& program) {
  CodeWriter w(Language::tensorflow_js, program);
  data(w, program);
  network(w, program.shape);
  numbers(w, program);
  w.about(kAboutLoss);
  w.line("const loss = (y, a) => tf.mean(" + w.loss() + ");");
  if (program.epochs > 0) training(w, program);
  w.about();
  w.line();
  w.line("console.log('loss', loss(y, model.apply(x)).dataSync()[0]);");
  w.line("for (const x2 of [6, 2, -2, -6])");
  w.line("  for (const x1 of [-6, -2, 2, 6])");
  w.line("    console.log('answer', x1, x2, ...model.apply(tf.tensor2d([features(x1, x2)])).dataSync());");
  return w.finish();
}

}  // namespace vitrine::views::playground
