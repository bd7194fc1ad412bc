// The program in our own C++: the step as a plan of public ops.
#include <array>

#include "engine/core/number.h"
#include "views/playground/code_words.h"

namespace vitrine::views::playground {
namespace {

constexpr std::array kHeaders{"backends.h",        "core/math_double.h", "graph/plan.h",      "learn/objective.h",
                              "learn/optimiser.h", "ops/activation.h",   "ops/arithmetic.h",  "ops/comparison.h",
                              "ops/gradients.h",   "ops/linear.h",       "ops/loss.h",        "ops/normal.h",
                              "ops/reduction.h",   "ops/rounding.h",     "ops/trigonometry.h"};

std::string shape_of(const NetShape& shape, std::size_t index) {
  const int layer = static_cast<int>(index / 2) + 1;
  const std::string to = to_text(std::int64_t{shape.units(layer)});
  return index % 2 == 1 ? "{" + to + "}" : "{" + to_text(std::int64_t{shape.units(layer - 1)}) + ", " + to + "}";
}

void head(CodeWriter& w) {
  for (const char* header : kHeaders) w.line("#include \"engine/" + std::string(header) + "\"");
  w.line("#include <cmath>");
  w.line("#include <iostream>");
  w.line();
  w.line("using namespace vitrine;");
  w.line();
  w.line("int main() {");
}

void data(CodeWriter& w, const Program& program) {
  w.about(kAboutPoints);
  w.line("  struct Labelled {");
  w.line("    double x1, x2, label;");
  w.line("  };");
  w.line("  const std::vector<Labelled> points{");
  w.points("      ", "{", "}");
  w.line("  };");
  w.about(kAboutFeatures);
  w.line("  const auto features = []([[maybe_unused]] double x1, [[maybe_unused]] double x2) {");
  w.line("    return std::vector<double>{" + w.features() + "};");
  w.line("  };");
  w.about(kAboutPoints);
  w.line("  std::vector<float> inputs, labels;");
  w.line("  for (const Labelled& p : points) {");
  w.line("    for (const double value : features(p.x1, p.x2)) inputs.push_back(static_cast<float>(value));");
  if (program.shape.answer == Answer::classes) {
    w.line("    for (int c = 0; c < " + to_text(std::int64_t{program.shape.outputs}) + "; ++c)");
    w.line("      labels.push_back(static_cast<int>(p.label) == c ? 1.0f : 0.0f);");
  } else {
    w.line("    labels.push_back(static_cast<float>(p.label));");
  }
  w.line("  }");
}

void network(CodeWriter& w, const Program& program) {
  const NetShape& shape = program.shape;
  w.about();
  w.line();
  w.line("  const auto backend = open_device(\"cpu\");");
  const std::vector<learn::Moved> moved = moved_by(shape);
  w.about("network.layers");
  w.line("  const std::vector<learn::Moved> moved{");
  for (std::size_t i = 0; i < moved.size(); ++i)
    w.line("      {\"" + moved[i].name + "\", " + shape_of(shape, i) + "},");
  w.line("  };");
  w.about();
  w.line("  const auto slab_of = [&](const char* owner, float value) {");
  w.line("    std::vector<std::pair<std::string, Shape>> regions;");
  w.line("    for (const learn::Moved& each : moved) regions.emplace_back(each.name, each.shape);");
  w.line("    Slab slab(*backend, std::move(regions), owner);");
  w.line("    slab.restore(std::vector<float>(slab.floats(), value));");
  w.line("    return slab;");
  w.line("  };");
  w.line("  Slab weights = slab_of(\"weights\", 0);");
  w.about(kAboutWeights);
  for (std::size_t i = 0; i < program.numbers.size(); ++i)
    w.line("  weights.write(weights.region(\"" + moved[i].name + "\"), std::vector<float>{" + w.rows_of(i) + "});");
  if (program.numbers.empty()) w.line("  // There are too many weights to write them out: they begin as zeros.");
  w.about();
  w.begin();
  w.line("  const auto answer = [](Tensor a, const std::vector<Tensor>& w) {");
  for (int layer = 1; layer <= shape.layers(); ++layer) {
    const auto at = (std::int64_t{layer} - 1) * 2;
    const std::string sums = "ops::matmul(a, w[" + to_text(at) + "]) + w[" + to_text(at + 1) + "]";
    const std::string bend = w.bend(layer);
    w.about_layer(layer);
    w.line("    a = " + (bend.empty() ? sums : bend + "(" + sums + ")") + ";");
  }
  w.about();
  w.line("    return a;");
  w.line("  };");
  w.about(kAboutLoss);
  w.line("  const auto loss = [](const Tensor& y, const Tensor& a) {");
  w.line("    return ops::mean(" + w.loss() + ");");
  w.line("  };");
}

std::string rows_spec(const std::string& rows, int columns) {
  return "{DType::float32, {" + rows + ", " + to_text(std::int64_t{columns}) + "}}";
}

// What becomes of a weight past the optimiser: the penalty, and links that rest.
void after_step(CodeWriter& w, const Program& program) {
  const Penalty penalty = program.settings.penalty;
  w.about(kAboutPenalty);
  if (penalty == Penalty::l2) w.line("        if (i % 2 == 0) after[i] = after[i] - pull * before[i];");
  if (!w.rests()) return;
  w.line("        if (i % 2 == 0) {");
  w.line("          const Tensor live = t.region(links, moved[i].name), zero = like(live, 0);");
  w.line("          const Tensor moves = ops::greater(live, zero);");
  if (penalty == Penalty::l1) {
    w.line("          const Tensor next = after[i] - pull * ops::sign(before[i]);");
    w.line("          const Tensor dies = ops::less(after[i] * next, zero);");
    w.line("          t.assign(live, ops::where(moves, ops::where(dies, zero, live), live));");
    w.line("          after[i] = ops::where(dies, zero, next);");
  }
  w.line("          after[i] = ops::where(moves, after[i], before[i]);");
  w.line("        }");
}

void kept_beside(CodeWriter& w, const Program& program) {
  w.about(kAboutPull);
  if (program.settings.penalty != Penalty::none) w.line("  const auto pull = static_cast<float>(" + w.pull() + ");");
  w.about(kAboutOptimiser);
  w.line("  const learn::Optimiser optimiser = " + w.optimiser() + ";");
  w.line("  const Slab slots = learn::make_slots(*backend, optimiser, moved);");
  w.about(kAboutBatch);
  if (w.waits()) w.line("  const Slab waiting = slab_of(\"gradients that wait\", 0);");
  if (!w.rests()) return;
  w.about(kAboutPenalty);
  w.line("  Slab links = slab_of(\"live links\", 1);");
  for (std::size_t layer = 0; layer < program.live.size(); ++layer) {
    const std::string name = weights_of(static_cast<int>(layer) + 1);
    w.line("  links.write(links.region(\"" + name + "\"), std::vector<float>{" + joined(program.live[layer], ", ") +
           "});");
  }
}

void step(CodeWriter& w, const Program& program) {
  w.about();
  w.line("  const auto step = [&](std::size_t count) {");
  w.line("    return compile(trace([&](Tracer& t) {");
  w.line("      const auto rows = static_cast<std::int64_t>(count);");
  w.line("      const Tensor x_rows = t.input(\"x\", " + rows_spec("rows", program.shape.inputs) + ");");
  w.line("      const Tensor y_rows = t.input(\"y\", " + rows_spec("rows", program.shape.outputs) + ");");
  w.line("      const Tensor steps = t.input(\"steps\", {});");
  w.line("      const auto regions = [&](const Slab& slab) {");
  w.line("        std::vector<Tensor> all;");
  w.line("        for (const learn::Moved& each : moved) all.push_back(t.region(slab, each.name));");
  w.line("        return all;");
  w.line("      };");
  w.line("      const std::vector<Tensor> before = regions(weights);");
  w.line("      std::vector<Tensor> slopes = ops::gradients(loss(y_rows, answer(x_rows, before)), before);");
  if (w.waits()) {
    w.about(kAboutBatch);
    w.line("      const bool complete = count == batch;");
    w.line("      const Tensor share = complete ? t.input(\"share\", {}) : Tensor();");
    w.line("      const std::vector<Tensor> sums = regions(waiting);");
    w.line("      for (std::size_t i = 0; i < sums.size(); ++i) {");
    w.line("        slopes[i] = sums[i] + static_cast<float>(rows) * slopes[i];");
    w.line("        t.assign(sums[i], complete ? 0.0f * sums[i] : slopes[i]);");
    w.line("        if (complete) slopes[i] = share * slopes[i];");
    w.line("      }");
    w.line("      if (!complete) return;");
  }
  w.about(kAboutOptimiser);
  w.line("      learn::Update::Values hypers;");
  w.line("      for (const auto name : optimiser.reals())");
  w.line("        hypers.emplace(name, like(steps, static_cast<float>(optimiser.value(name))));");
  w.line("      std::vector<Tensor> after =");
  w.line("          learn::trace_updates(t, optimiser, slots, {moved, before, slopes, hypers, steps});");
  w.line("      for (std::size_t i = 0; i < after.size(); ++i) {");
  after_step(w, program);
  w.about();
  w.line("        t.assign(before[i], after[i]);");
  w.line("      }");
  w.line("    }), *backend);");
  w.line("  };");
}

void loop(CodeWriter& w, const Program& program) {
  const auto from = [](int columns) {
    return columns == 1 ? std::string("first") : "first * " + to_text(std::int64_t{columns});
  };
  w.about(kAboutBatch);
  w.line("  Plan full = step(batch);");
  if (w.waits()) w.line("  Plan last = step(points.size() % batch);");
  w.line("  float steps = 0" + std::string(w.waits() ? ", share = 0" : "") + ";");
  w.about();
  w.line("  const auto run = [&](Plan& plan, std::size_t first) {");
  w.line("    plan.bind(plan.input(\"x\"), std::span(inputs).subspan(" + from(program.shape.inputs) + "));");
  w.line("    plan.bind(plan.input(\"y\"), std::span(labels).subspan(" + from(program.shape.outputs) + "));");
  w.line("    plan.bind(plan.input(\"steps\"), {&steps, 1});");
  w.about(kAboutBatch);
  if (w.waits()) w.line("    if (&plan == &full) plan.bind(plan.input(\"share\"), {&share, 1});");
  w.about();
  w.line("    plan.run();");
  w.line("  };");
  w.line("  for (int epoch = 0; epoch < " + to_text(program.epochs) + "; ++epoch) {");
  w.line("    for (std::size_t first = 0; first + batch <= points.size(); first += batch) {");
  if (w.waits()) {
    w.about(kAboutBatch);
    w.line("      const std::size_t waited = first == 0 && epoch > 0 ? points.size() % batch : 0;");
    w.line("      share = 1.0f / static_cast<float>(batch + waited);");
  }
  w.about();
  w.line("      run(full, first);");
  w.line("      ++steps;");
  w.line("    }");
  w.about(kAboutBatch);
  if (w.waits()) w.line("    run(last, points.size() / batch * batch);");
  w.line("  }");
}

void training(CodeWriter& w, const Program& program) {
  w.about();
  w.line();
  w.notes_on_training();
  if (w.never()) return;
  w.about(kAboutBatch);
  w.line("  constexpr std::size_t batch = " + to_text(std::int64_t{w.batch()}) + ";");
  kept_beside(w, program);
  step(w, program);
  loop(w, program);
}

void results(CodeWriter& w, const NetShape& shape) {
  const std::string inputs = to_text(std::int64_t{shape.inputs}), outputs = to_text(std::int64_t{shape.outputs});
  w.about();
  w.line();
  w.line("  std::vector<Tensor> learnt;");
  w.line("  for (const learn::Moved& each : moved) {");
  w.line("    std::vector<float> values(static_cast<std::size_t>(each.shape.elements()));");
  w.line("    weights.read(weights.region(each.name), values);");
  w.line("    learnt.push_back(tensor(*backend, values, each.shape));");
  w.line("  }");
  w.line("  const auto rows = static_cast<std::int64_t>(points.size());");
  w.line("  const Tensor y = tensor(*backend, labels, {rows, " + outputs + "});");
  w.line("  const Tensor cost = loss(y, answer(tensor(*backend, inputs, {rows, " + inputs + "}), learnt));");
  w.line("  std::cout << \"loss \" << cost.floats()[0] << '\\n';");
  w.line("  for (const double x2 : {6.0, 2.0, -2.0, -6.0}) {");
  w.line("    for (const double x1 : {-6.0, -2.0, 2.0, 6.0}) {");
  w.line("      std::vector<float> at;");
  w.line("      for (const double value : features(x1, x2)) at.push_back(static_cast<float>(value));");
  w.line("      std::cout << \"answer \" << x1 << ' ' << x2;");
  w.line("      for (const float a : answer(tensor(*backend, at, {1, " + inputs + "}), learnt).floats())");
  w.line("        std::cout << ' ' << a;");
  w.line("      std::cout << '\\n';");
  w.line("    }");
  w.line("  }");
  w.line("  return 0;");
  w.line("}");
}

}  // namespace

ProgramText write_cpp(const Program& program) {
  CodeWriter w(Language::cpp, program);
  head(w);
  data(w, program);
  network(w, program);
  if (program.epochs > 0) training(w, program);
  results(w, program.shape);
  return w.finish();
}

}  // namespace vitrine::views::playground
