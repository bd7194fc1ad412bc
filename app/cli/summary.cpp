// vitrine summary: a model's layers in figures.
#include "engine/nn/summary.h"

#include <limits>

#include "app/cli/commands.h"
#include "app/cli/print.h"
#include "engine/backends.h"
#include "engine/models/layers_model.h"

namespace vitrine::cli {
namespace {

// Unknown extents are nothing in JSON; of several answers each has a shape.
work::Value shape_of(const nn::Form& form) {
  work::List extents;
  for (const std::int64_t extent : form.extents) {
    if (extent == nn::kUnknown) {
      extents.emplace_back(std::numeric_limits<double>::quiet_NaN());
    } else {
      extents.emplace_back(extent);
    }
  }
  return extents;
}
work::Value shapes_of(const std::vector<nn::Form>& forms) {
  if (forms.size() == 1) return shape_of(forms[0]);
  work::List shapes;
  for (const nn::Form& form : forms) shapes.push_back(shape_of(form));
  return shapes;
}

}  // namespace

int summary(const Options& options) {
  const std::shared_ptr<Backend> backend = open_device("cpu", options.threads);
  const nn::Summary summary = nn::summarise(models::load(*backend, options.model).model);
  if (!options.json) {
    const std::string text = nn::text_of(summary);
    print(std::string_view(text).substr(0, text.size() - 1));
    return 0;
  }
  work::List layers;
  std::int64_t cumulative = 0;
  for (const nn::SummaryRow& row : summary.rows) {
    cumulative += row.parameters;
    layers.push_back(Line{{"index", static_cast<std::int64_t>(layers.size())},
                          {"name", row.name},
                          {"type", row.type},
                          {"output_shape", shapes_of(row.outputs)},
                          {"params", row.parameters},
                          {"cumulative_params", cumulative},
                          {"macs", row.macs}});
  }
  print(true, Line{{"layers", std::move(layers)},
                   {"total_params", summary.parameters},
                   {"trainable_params", summary.trainable},
                   {"macs", summary.macs()}});
  return 0;
}

}  // namespace vitrine::cli
