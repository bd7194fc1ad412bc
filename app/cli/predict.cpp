// vitrine predict: what a model answers, or one of its layers, as numbers or as the classes it finds likeliest.
#include <algorithm>
#include <chrono>
#include <numeric>

#include "app/cli/commands.h"
#include "app/cli/model_inputs.h"
#include "app/cli/print.h"
#include "datasets/files/npy.h"
#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"
#include "engine/models/layers_model.h"

namespace vitrine::cli {
namespace {

using Answer = std::pair<std::string, learn::Rows>;

std::vector<Answer> answers_of(const models::LayersModel& loaded, const std::vector<learn::Rows>& inputs,
                               const std::string& tap) {
  learn::Predictor predict(loaded.model, loaded.weights);
  std::vector<Answer> answers;
  if (tap.empty()) {
    std::vector<learn::Rows> outputs = predict(inputs);
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      answers.emplace_back(loaded.model.wiring().outputs[i].node().layer.name(), std::move(outputs[i]));
    }
    return answers;
  }
  std::vector<std::string_view> known;
  std::vector<Answer> inside = predict.look_inside(inputs);
  for (Answer& answer : inside) {
    if (answer.first == tap) return {std::move(answer)};
    known.push_back(answer.first);
  }
  const std::string_view like = nn::nearest(tap, known);
  throw UsageError({"--tap", "names no layer of the model", "one that vitrine summary lists", tap.substr(0, 80),
                    like.empty() ? "Check the spelling." : "Is " + std::string(like) + " meant?"});
}

std::vector<std::string> labels_of(const std::filesystem::path& path) {
  std::vector<std::string> labels;
  if (path.empty()) return labels;
  const std::string text = read_file(path, limits::kTextBytes);
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    std::string line = text.substr(start, end - start);
    if (line.ends_with('\r')) line.pop_back();
    labels.push_back(std::move(line));
    start = end + 1;
  }
  return labels;
}

// The likeliest first; of equal ones the first.
work::List top_of(std::span<const float> scores, std::size_t count, const std::vector<std::string>& labels) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  order.resize(std::min(order.size(), count));
  work::List top;
  for (const std::size_t index : order) {
    const auto number = static_cast<std::int64_t>(index);
    top.push_back(Line{{"label", index < labels.size() ? labels[index] : to_text(number)},
                       {"index", number},
                       {"score", shortest(scores[index])}});
  }
  return top;
}

std::vector<std::int64_t> extents_of(const learn::Rows& rows) {
  std::vector<std::int64_t> extents{rows.count()};
  extents.insert(extents.end(), rows.sample().extents().begin(), rows.sample().extents().end());
  return extents;
}

work::List outputs_of(const std::vector<Answer>& answers) {
  work::List outputs;
  for (const auto& [name, rows] : answers) {
    work::List shape;
    for (const std::int64_t extent : extents_of(rows)) shape.emplace_back(extent);
    outputs.push_back(Line{
        {"name", name}, {"shape", std::move(shape)}, {"data", numbers({rows.values().begin(), rows.values().end()})}});
  }
  return outputs;
}

void write_answers(const std::filesystem::path& path, const std::vector<Answer>& answers) {
  if (path.extension() == ".json") return write_file(path, json(Line{{"outputs", outputs_of(answers)}}) + "\n");
  if (path.extension() != ".npy") {
    throw UsageError({"--output", "has an unknown ending", ".npy or .json", path.filename().string(), "Name one."});
  }
  if (answers.size() != 1) {
    throw UsageError({"--output", "can hold one answer only", "a .json file, or --tap with one layer",
                      to_text(static_cast<std::int64_t>(answers.size())), "Choose another ending."});
  }
  const std::vector<std::int64_t> extents = extents_of(answers[0].second);
  write_file(path,
             datasets::npy_bytes(answers[0].second.values(), std::vector<std::size_t>(extents.begin(), extents.end())));
}

}  // namespace

int predict(const Options& options) {
  const std::shared_ptr<Backend> backend =
      open_device(options.device, options.threads, shell::cache_folder(options.environment));
  const models::LayersModel loaded = models::load(*backend, options.model);
  const std::vector<std::string> labels = labels_of(options.labels);
  const std::vector<learn::Rows> inputs = read_inputs(loaded.model, options.inputs);
  const auto began = std::chrono::steady_clock::now();
  const std::vector<Answer> answers = answers_of(loaded, inputs, options.tap);
  const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - began;
  if (!options.out.empty()) write_answers(options.out, answers);

  Line line;
  if (options.out.empty()) line.emplace_back("outputs", outputs_of(answers));
  if (options.top > 0) {
    work::List top;
    for (std::int64_t i = 0; i < answers[0].second.count(); ++i) {
      top.push_back(top_of(answers[0].second[i], static_cast<std::size_t>(options.top), labels));
    }
    line.emplace_back("top", std::move(top));
  }
  line.emplace_back("ms", spent.count());
  print(options.json, line);
  return 0;
}

}  // namespace vitrine::cli
