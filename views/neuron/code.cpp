// Three writers over the same blocks.
#include "views/neuron/code.h"

#include <algorithm>

#include "engine/core/number.h"
#include "engine/learn/optimiser.h"

namespace vitrine::views::neuron {
namespace {

constexpr std::size_t kNumbersPerLine = 6;  // of points, so that no line is long

struct Words {
  std::string scope;                     // where functions live
  std::string keep;                      // before and after a block's line
  std::string end;                       // of a statement
  std::string_view BlockKind::*renamed;  // calls with other names
};

class Writer {
 public:
  Writer(const Program& program, Words words) : program_(program), words_(std::move(words)) {}

  void line(std::string text = {}) { lines.push_back(std::move(text)); }

  // What a block is called: a variable, a parameter, a number.
  std::string name(std::int64_t number, std::string_view parameter_scope = {}) const {
    const Block& block = program_.blocks[static_cast<std::size_t>(number) - 1];
    const BlockKind& kind = kind_of(block);
    if (block.op == BlockOp::x) return "x";
    if (kind.parameter) return std::string(parameter_scope) + std::string(kind.id);
    return "v" + to_text(number);
  }

  // The blocks that the answer needs, a line each; returns what the answer is called.
  std::string formula(std::string_view indent, std::string_view constant, std::string_view parameter_scope = {}) {
    std::string answer;
    formula_line = static_cast<int>(lines.size());
    for (const int i : program_.wiring.order) {
      const Block& block = program_.blocks[static_cast<std::size_t>(i)];
      const BlockKind& kind = kind_of(block);
      if (block.op == BlockOp::answer) answer = name(block.left, parameter_scope);
      const bool call = kind.apply != nullptr;
      if (!call && block.op != BlockOp::constant) continue;
      std::string right = call ? std::string(kind.*words_.renamed)
                               : replaced(std::string(constant), "$", to_text(static_cast<float>(block.value)));
      if (call && right.empty()) right = kind.call;
      if (call) {
        right = replaced(right, "@", words_.scope);
        right = replaced(right, "$l", name(block.left, parameter_scope));
        if (kind.ports == 2) right = replaced(right, "$r", name(block.right, parameter_scope));
      }
      line(std::string(indent) + words_.keep + "v" + to_text(std::int64_t{i} + 1) + " = " + right + words_.end);
    }
    return answer;
  }

  void points(std::string_view indent, std::span<const float> values) {
    for (std::size_t i = 0; i < values.size(); i += kNumbersPerLine) {
      std::vector<std::string> numbers;
      for (std::size_t k = i; k < std::min(values.size(), i + kNumbersPerLine); ++k)
        numbers.push_back(to_text(values[k]));
      line(std::string(indent) + joined(numbers, ", ") + (i + kNumbersPerLine < values.size() ? "," : ""));
    }
  }

  std::vector<std::string> parameters() const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < kParameters.size(); ++i)
      if (program_.wiring.learns[i]) names.emplace_back(kind_of({kParameters[i]}).id);
    return names;
  }
  std::string start() const { return to_text(program_.start); }
  std::string optimiser(Language language) const {
    learn::Optimiser chosen = learn::optimiser_of(program_.optimiser);
    chosen.set(learn::kRate, program_.rate);
    return optimiser_call(language, chosen);
  }

  ProgramText finish(Language language) { return {language, std::move(lines), formula_line}; }

  std::vector<std::string> lines;
  int formula_line = 0;

 private:
  const Program& program_;
  Words words_;
};

ProgramText tensorflow_js(const Program& program) {
  Writer w(program, {.scope = "tf.", .keep = "const ", .end = ";", .renamed = &BlockKind::call});
  w.line("const tf = require('@tensorflow/tfjs');");
  w.line();
  w.line("const x = tf.tensor1d([");
  w.points("  ", program.x);
  w.line("]);");
  w.line("const y = tf.tensor1d([");
  w.points("  ", program.y);
  w.line("]);");
  w.line();
  for (const std::string& p : w.parameters()) w.line("const " + p + " = tf.variable(tf.scalar(" + w.start() + "));");
  w.line();
  w.line("function answer() {");
  const std::string answer = w.formula("  ", "tf.scalar($)");
  w.line("  return " + answer + ";");
  w.line("}");
  w.line("const loss = () => tf.mean(tf.square(tf.sub(answer(), y)));");
  w.line();
  w.line("const optimizer = " + w.optimiser(Language::tensorflow_js) + ";");
  w.line("for (let step = 0; step < " + to_text(std::int64_t{kLessonSteps}) + "; step++) {");
  w.line("  optimizer.minimize(loss);");
  w.line("}");
  w.line();
  w.line("console.log('loss', loss().dataSync()[0]);");
  for (const std::string& p : w.parameters()) w.line("console.log('" + p + "', " + p + ".dataSync()[0]);");
  return w.finish(Language::tensorflow_js);
}

ProgramText keras(const Program& program) {
  Writer w(program, {.scope = "ops.", .keep = "", .end = "", .renamed = &BlockKind::keras_call});
  w.line("import keras");
  w.line("import numpy as np");
  w.line("from keras import ops");
  w.line();
  w.line("x = np.array([");
  w.points("    ", program.x);
  w.line("], dtype=\"float32\").reshape(-1, 1)");
  w.line("y = np.array([");
  w.points("    ", program.y);
  w.line("], dtype=\"float32\").reshape(-1, 1)");
  w.line();
  w.line("class Formula(keras.Layer):");
  w.line("    def build(self, shape):");
  w.line("        start = keras.initializers.Constant(" + w.start() + ")");
  for (const std::string& p : w.parameters())
    w.line("        self." + p + " = self.add_weight(shape=(), initializer=start, name=\"" + p + "\")");
  w.line();
  w.line("    def call(self, x):");
  const std::string answer = w.formula("        ", "ops.convert_to_tensor($, \"float32\")", "self.");
  w.line("        return ops.broadcast_to(" + answer + ", ops.shape(x))");
  w.line();
  w.line("model = keras.Sequential([keras.Input((1,)), Formula()])");
  w.line("optimizer = " + w.optimiser(Language::keras));
  w.line("model.compile(optimizer=optimizer, loss=\"mse\")");
  w.line("model.fit(x, y, batch_size=len(x), epochs=" + to_text(std::int64_t{kLessonSteps}) + ", verbose=0)");
  w.line();
  w.line("print(\"loss\", model.evaluate(x, y, verbose=0))");
  w.line("for weight in model.weights:");
  w.line("    print(weight.name, float(weight))");
  return w.finish(Language::keras);
}

ProgramText cpp(const Program& program) {
  Writer w(program, {.scope = "ops::", .keep = "const Tensor ", .end = ";", .renamed = &BlockKind::call});
  const std::vector<std::string> parameters = w.parameters();
  const std::string count = "{" + to_text(static_cast<std::int64_t>(program.x.size())) + "}";
  for (const char* header : {"backends.h", "learn/optimiser.h", "ops/arithmetic.h", "ops/exponential.h",
                             "ops/gradients.h", "ops/reduction.h", "ops/trigonometry.h"})
    w.line("#include \"engine/" + std::string(header) + "\"");
  w.line("#include \"engine/graph/plan.h\"");
  w.line("#include <iostream>");
  w.line();
  w.line("using namespace vitrine;");
  w.line();
  w.line("int main() {");
  w.line("  const auto backend = open_device(\"cpu\");");
  for (const auto& [name, values] : {std::pair{"x", program.x}, std::pair{"y", program.y}}) {
    w.line("  const Tensor " + std::string(name) + " = tensor(*backend, std::vector<float>{");
    w.points("      ", values);
    w.line("  }, " + count + ");");
  }
  w.line();
  std::string moved;
  for (const std::string& p : parameters) moved += (moved.empty() ? "{\"" : ", {\"") + p + "\", {}}";
  w.line("  const std::vector<learn::Moved> moved{" + moved + "};");
  w.line("  Slab weights(*backend, {" + moved + "}, \"polynomial\");");
  w.line("  const std::vector<float> start{" + to_text(static_cast<float>(program.start)) + "};");
  w.line("  for (const Region& region : weights.regions()) weights.write(region, start);");
  w.line("  const learn::Optimiser optimiser = " + w.optimiser(Language::cpp) + ";");
  w.line("  const Slab slots = learn::make_slots(*backend, optimiser, moved);");
  w.line();
  w.line("  Plan plan = compile(trace([&](Tracer& t) {");
  for (const std::string& p : parameters) w.line("    const Tensor " + p + " = t.region(weights, \"" + p + "\");");
  const std::string answer = w.formula("    ", "tensor(*backend, std::vector<float>{$}, {})");
  w.line("    const Tensor loss = ops::mean(ops::square(" + answer + " - y));");
  w.line("    const std::vector<Tensor> old{" + joined(parameters, ", ") + "};");
  w.line("    const std::vector<Tensor> slopes = ops::gradients(loss, old);");
  w.line("    t.segment(\"update\");");
  w.line("    learn::Update::Values hypers;");
  w.line("    for (const auto name : optimiser.reals())");
  w.line("      hypers.emplace(name, like(x, static_cast<float>(optimiser.value(name))));");
  w.line("    const std::vector<Tensor> after =");
  w.line("        learn::trace_updates(t, optimiser, slots, {moved, old, slopes, hypers, like(x, 0)});");
  w.line("    for (std::size_t i = 0; i < old.size(); ++i) t.assign(old[i], after[i]);");
  w.line("    t.output(\"loss\", loss);");
  w.line("  }), *backend);");
  w.line("  for (int step = 0; step < " + to_text(std::int64_t{kLessonSteps}) + "; ++step) plan.run();");
  w.line();
  w.line("  plan.run(0, plan.segment(\"forward\"));");
  w.line("  std::cout << \"loss \" << plan.item(plan.kept(\"loss\")) << '\\n';");
  w.line("  for (const Region& region : weights.regions()) {");
  w.line("    std::vector<float> value(1);");
  w.line("    weights.read(region, value);");
  w.line("    std::cout << region.name << ' ' << value[0] << '\\n';");
  w.line("  }");
  w.line("}");
  return w.finish(Language::cpp);
}

}  // namespace

std::span<const learn::OptimiserKind* const> fit_optimisers() {
  using namespace learn::optimisers;
  static constexpr const learn::OptimiserKind* kAll[] = {&Sgd, &Momentum, &RmsProp, &Adam};
  return kAll;
}

ProgramText write_code(Language language, const Program& program) {
  switch (language) {
    case Language::tensorflow_js:
      return tensorflow_js(program);
    case Language::keras:
      return keras(program);
    case Language::cpp:
      return cpp(program);
  }
  return {};
}

}  // namespace vitrine::views::neuron
