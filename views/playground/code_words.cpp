// Tables of words, one row for each thing that can be chosen.
#include "views/playground/code_words.h"

#include <algorithm>

#include "engine/core/assert.h"
#include "engine/core/number.h"
#include "views/playground/formula.h"

namespace vitrine::views::playground {
namespace {

// One thing in the three languages, in the order of the enum.
struct Words {
  std::string_view id;
  std::string_view words[3];
};

constexpr Words kBends[] = {
    {"tanh", {"'tanh'", "\"tanh\"", "ops::tanh"}},
    {"relu", {"'relu'", "\"relu\"", "ops::relu"}},
    {"sigmoid", {"'sigmoid'", "\"sigmoid\"", "ops::sigmoid"}},
    {"linear", {"'linear'", "\"linear\"", ""}},
    {"leaky_relu", {"x => tf.leakyRelu(x, 0.2)", "lambda x: ops.leaky_relu(x, negative_slope=0.2)", "ops::leaky_relu"}},
    {"elu", {"'elu'", "\"elu\"", "ops::elu"}},
    {"selu", {"'selu'", "\"selu\"", "ops::selu"}},
    {"gelu",
     {"x => tf.mul(tf.mul(0.5, x), tf.add(1, tf.erf(tf.div(x, Math.SQRT2))))",
      "lambda x: ops.gelu(x, approximate=False)", "ops::gelu"}},
    {"swish", {"'swish'", "\"silu\"", "ops::swish"}},
    {"mish", {"'mish'", "\"mish\"", "ops::mish"}},
    {"softplus", {"'softplus'", "\"softplus\"", "ops::softplus"}},
    {"softsign", {"'softsign'", "\"softsign\"", "ops::softsign"}},
    {"hard_sigmoid", {"'hardSigmoid'", "lambda x: ops.clip(0.2 * x + 0.5, 0, 1)", "ops::hard_sigmoid"}},
    {"sine", {"x => tf.sin(x)", "ops.sin", "ops::sin"}},
    {"step",
     {"x => tf.step(x)", "lambda x: ops.where(x > 0, 1.0, 0.0)", "[](const Tensor& x) { return ops::step(x, 0); }"}},
    {"softmax", {"'softmax'", "\"softmax\"", "ops::softmax"}},
};

constexpr std::string_view kSquares = "squares";
// By loss and, where answers of different meanings are judged differently, by their meaning.
constexpr Words kLosses[] = {
    {kSquares,
     {"tf.sum(tf.mul(0.5, tf.square(tf.sub(a, y))), 1)", "0.5 * ops.sum(ops.square(a - y), axis=-1)",
      "ops::sum(0.5f * ops::square(a - y), {1})"}},
    {"cross_entropy side",
     {"tf.metrics.binaryCrossentropy(tf.add(0.5, tf.mul(0.5, y)), tf.add(0.5, tf.mul(0.5, a)))",
      "keras.losses.binary_crossentropy(0.5 * y + 0.5, 0.5 * a + 0.5)",
      "learn::judge_of_loss(\"binaryCrossentropy\")(0.5f * (y + like(y, 1)), 0.5f * (a + like(a, 1)))"}},
    {"cross_entropy classes",
     {"tf.metrics.categoricalCrossentropy(y, a)", "keras.losses.categorical_crossentropy(y, a)",
      "learn::judge_of_loss(\"categoricalCrossentropy\")(y, a)"}},
    {"hinge side",
     {"tf.mean(tf.relu(tf.sub(1, tf.mul(y, a))), 1)", "ops.mean(ops.relu(1 - y * a), axis=-1)",
      "learn::judge_of_loss(\"hinge\")(y, a)"}},
    {"hinge classes",
     {"tf.relu(tf.add(1, tf.sub(tf.max(tf.mul(tf.sub(1, y), a), 1), tf.sum(tf.mul(y, a), 1))))",
      "keras.losses.categorical_hinge(y, a)", "learn::judge_of_loss(\"categoricalHinge\")(y, a)"}},
    {"huber",
     {"tf.losses.huberLoss(y, a)", "keras.losses.huber(y, a)",
      "ops::huber_loss(y, a, 1, {.weights = {}, .reduction = ops::Reduction::none})"}},
    {"absolute",
     {"tf.losses.absoluteDifference(y, a)", "keras.losses.mean_absolute_error(y, a)",
      "learn::judge_of_loss(\"meanAbsoluteError\")(y, a)"}},
    {"log_cosh",
     {"tf.sub(tf.add(tf.sub(a, y), tf.softplus(tf.mul(-2, tf.sub(a, y)))), Math.LN2)", "keras.losses.log_cosh(y, a)",
      "learn::judge_of_loss(\"logcosh\")(y, a)"}},
};

constexpr std::string_view kFeatureWords[kFeatures] = {"x1",      "x2",       "x1 * x1", "x2 * x2",
                                                       "x1 * x2", "@sin(x1)", "@sin(x2)"};
constexpr std::string_view kScopes[] = {"Math.", "np.", "math::"};
constexpr FormulaWords kFormulaWords[] = {
    {{"Math.sin($)", "Math.cos($)", "Math.exp($)", "Math.log($)", "Math.tanh($)", "Math.sqrt($)", "Math.abs($)",
      "Math.sign($)"},
     "Math.pow($l, $r)",
     "($c ? 1 : 0)"},
    {{"np.sin($)", "np.cos($)", "np.exp($)", "np.log($)", "np.tanh($)", "np.sqrt($)", "np.abs($)", "np.sign($)"},
     "($l) ** ($r)",
     "np.where($c, 1.0, 0.0)"},
    {{"math::sin($)", "math::cos($)", "exp($)", "log($)", "tanh($)", "sqrt($)", "fabs($)", "copysign(1.0, $)"},
     "pow($l, $r)",
     "($c ? 1.0 : 0.0)"}};

std::string_view word_of(std::span<const Words> table, std::string_view id, Language language) {
  const auto found = std::ranges::find(table, id, &Words::id);
  VITRINE_ASSERT(found != table.end());
  return found->words[static_cast<std::size_t>(language)];
}

std::string_view name_of(Answer answer) {
  return answer == Answer::side ? "side" : answer == Answer::value ? "value" : "classes";
}

}  // namespace

// A layer that follows the others is bent by the row that all share.
void CodeWriter::about_layer(int layer) {
  if (layer == program_.shape.layers()) return about("data.set");
  const auto at = static_cast<std::size_t>(layer) - 1;
  const bool follows = program_.settings.layers[at].activation == kShared;
  const std::string own = "network.layers[" + to_text(std::int64_t{layer} - 1) + "]";
  about((follows ? "learning.activation " + own : own) + " learning.penalty_rate learning.penalty");
}

void CodeWriter::points(std::string_view indent, std::string_view open, std::string_view close) {
  for (std::size_t i = 0; i < program_.points.train; ++i) {
    const datasets::PlanePoint& p = program_.points.all[i];
    line(std::string(indent) + std::string(open) + to_text(p.x) + ", " + to_text(p.y) + ", " + to_text(p.label) +
         std::string(close) + ",");
  }
}

std::string CodeWriter::features() const {
  const auto at = static_cast<std::size_t>(language());
  std::vector<std::string> words;
  for (const int f : program_.inputs) {
    if (f < kFeatures) {
      words.push_back(replaced(std::string(kFeatureWords[f]), "@", kScopes[at]));
      continue;
    }
    const std::string& formula = program_.settings.formulas[static_cast<std::size_t>(f - kFeatures)].formula;
    words.push_back(Formula(formula).in(kFormulaWords[at]));
  }
  if (words.empty()) words.emplace_back(language() == Language::keras ? "0 * x1" : "0");  // a number that says nothing
  return joined(words, ", ");
}

std::string CodeWriter::bend(int layer) const {
  const NetShape& shape = program_.shape;
  if (layer < shape.layers()) return std::string(word_of(kBends, shape.activation(layer), language()));
  const char* output = shape.answer == Answer::side ? "tanh" : shape.answer == Answer::classes ? "softmax" : "linear";
  return std::string(word_of(kBends, output, language()));
}

std::string CodeWriter::loss() const {
  const std::string& id = program_.settings.loss;
  const Answer answer = program_.shape.answer;
  const auto known = [](std::string_view each) { return std::ranges::find(kLosses, each, &Words::id); };
  for (const std::string& name : {id, id + " " + std::string(name_of(answer))})
    if (known(name) != std::end(kLosses)) return std::string(word_of(kLosses, name, language()));
  return std::string(word_of(kLosses, kSquares, language()));
}

std::string CodeWriter::optimiser() const {
  return optimiser_call(language(), program_.optimiser);
}

std::string CodeWriter::rows_of(std::size_t index) const {
  const std::vector<float>& numbers = program_.numbers[index];
  if (index % 2 == 1 || language() == Language::cpp) return joined(numbers, ", ");
  const auto units = static_cast<std::size_t>(program_.shape.units(static_cast<int>(index / 2) + 1));
  std::vector<std::string> rows;
  for (std::size_t i = 0; i < numbers.size(); i += units)
    rows.push_back("[" + joined(std::span(numbers).subspan(i, units), ", ") + "]");
  return joined(rows, ", ");
}

std::string CodeWriter::pull() const {
  return to_text(program_.settings.rate * program_.settings.penalty_rate);
}

void CodeWriter::notes_on_training() {
  const Settings& s = program_.settings;
  about("learning.schedule");
  if (s.schedule != "Constant") note("The schedule " + s.schedule + " is left out: the rate stays.");
  about(kAboutBatch);
  if (never()) note("The batch is larger than the data: no step is ever taken.");
  if (language() != Language::keras) return;
  if (waits()) note("Keras steps on the last, incomplete batch of an epoch; in Vitrine it waits for the next.");
  about(kAboutPenalty);
  if (s.penalty == Penalty::l1) note("In Vitrine a weight that the penalty pulls across zero stays there.");
  if (!program_.live.empty()) note("Links that rest in Vitrine move here.");
}

ProgramText write_program(Language language, const Program& program) {
  return write_in(language, program, write_tensorflow_js, write_keras, write_cpp);
}

}  // namespace vitrine::views::playground
