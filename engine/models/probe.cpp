// An input's numbers are places in a table where it leads to a layer that has one, through models in between.
#include "engine/models/probe.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/core/random.h"
#include "engine/nn/layers.h"

namespace vitrine::models {
namespace {

constexpr std::int64_t kOpenExtent = 64;                      // a deep network halves its pictures five times
constexpr std::int64_t kMostNumbers = std::int64_t{1} << 26;  // of one input: what its file costs is no measure

std::int64_t table_of(const nn::Layer& layer, std::size_t input);

// How many rows the shortest table has that the symbol is looked up in; 0: none.
std::int64_t table_for(const nn::Wiring& wiring, const nn::Symbol& symbol) {
  std::int64_t shortest = 0;
  for (const auto& node : wiring.nodes) {
    for (std::size_t i = 0; i < node->inputs.size(); ++i) {
      const nn::Symbol& input = node->inputs[i];
      if (input.handle() != symbol.handle() || input.output() != symbol.output()) continue;
      const std::int64_t rows = table_of(node->layer, i);
      if (rows > 0 && (shortest == 0 || rows < shortest)) shortest = rows;
    }
  }
  return shortest;
}

std::int64_t table_of(const nn::Layer& layer, std::size_t input) {
  if (const auto& wiring = layer.state().wiring) return table_for(*wiring, wiring->inputs[input]);
  if (layer.kind().name == nn::layers::Embedding.name) return layer.arguments().whole("input_dim");
  if (layer.kind().name == nn::layers::CategoryEncoding.name) return layer.arguments().whole("num_tokens");
  return 0;
}

Shape sample_of(const nn::Form& form) {
  Integers sample(form.extents.begin() + 1, form.extents.end());
  std::ranges::replace(sample, nn::kUnknown, kOpenExtent);
  return Shape(sample);
}

// As many as are asked for, unless the model fixes its batch or its samples are large.
std::int64_t count_for(const nn::Form& form, std::int64_t count) {
  const std::int64_t each = std::max<std::int64_t>(sample_of(form).elements(), 1), most = kMostNumbers / each;
  const std::int64_t fixed = form.extents[0];
  if (most < std::max<std::int64_t>(fixed, 1)) {
    throw ShapeError({"probes", "are larger than this machine should be asked for", to_text(kMostNumbers) + " numbers",
                      text_of(form), "Use a model of smaller inputs."});
  }
  return fixed != nn::kUnknown ? fixed : std::min(count, most);
}

learn::Rows rows_for(const nn::Form& form, std::int64_t table, std::int64_t count, std::uint64_t key) {
  const Shape shape = sample_of(form);
  std::vector<float> values(static_cast<std::size_t>(count * shape.elements()));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const float part = random::Draw(key, 0, i).uniform();
    values[i] = table > 0 ? std::floor(part * static_cast<float>(table)) : 2 * part - 1;
  }
  return {shape, std::move(values)};
}

}  // namespace

std::vector<learn::Rows> probes_for(const nn::Model& model, std::int64_t count, std::uint64_t seed) {
  const nn::Wiring& wiring = model.wiring();
  for (const nn::Symbol& input : wiring.inputs) count = count_for(input.form(), count);
  std::vector<learn::Rows> probes;
  for (const nn::Symbol& input : wiring.inputs) {
    probes.push_back(rows_for(input.form(), table_for(wiring, input), count, seed + probes.size()));
  }
  return probes;
}

double largest_difference(const std::vector<learn::Rows>& a, const std::vector<learn::Rows>& b) {
  VITRINE_ASSERT(a.size() == b.size());
  double most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    VITRINE_ASSERT(a[i].values().size() == b[i].values().size());
    for (std::size_t j = 0; j < a[i].values().size(); ++j) {
      const double x = static_cast<double>(a[i].values()[j]), y = static_cast<double>(b[i].values()[j]);
      if (x == y || (std::isnan(x) && std::isnan(y))) continue;
      const double away = std::abs(x - y);
      most = std::isnan(away) ? std::numeric_limits<double>::infinity() : std::max(most, away);
    }
  }
  return most;
}

}  // namespace vitrine::models
