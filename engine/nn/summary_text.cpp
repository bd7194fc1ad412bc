// The table of TensorFlow.js: 90 signs wide, or 115 with a column for who is wired to whom.
#include <algorithm>

#include "engine/core/number.h"
#include "engine/nn/summary.h"

namespace vitrine::nn {
namespace {

struct Table {
  std::size_t width;
  std::vector<std::size_t> ends;  // of the columns
  std::string text{};

  void rule(char sign) { text += std::string(width, sign) + "\n"; }
  // Each field is cut where its column ends, and the sign before the next one is a space.
  void row(const std::vector<std::string>& fields) {
    std::string line;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (i > 0) line.back() = ' ';
      line = (line + fields[i]).substr(0, ends[i]);
      line.resize(ends[i], ' ');
    }
    text += line + "\n";
  }
};

std::string list_of(const std::vector<Form>& forms) {
  std::string text;
  for (const Form& form : forms) text += (text.empty() ? "" : ",") + json_of(form);
  return "[" + text + "]";
}

std::vector<std::string> fields_of(const SummaryRow& row) {
  std::string inputs;
  for (const auto& call : row.inputs) inputs += (inputs.empty() ? "" : ",") + list_of(call);
  const std::string outputs = !row.alike                ? "multiple"
                              : row.outputs.size() == 1 ? json_of(row.outputs[0])
                                                        : list_of(row.outputs);
  return {row.name + " (" + row.type + ")", inputs, outputs, to_text(row.parameters)};
}

}  // namespace

std::string json_of(const Form& form) {
  std::string text;
  for (const std::int64_t extent : form.extents) {
    text += (text.empty() ? "" : ",") + (extent == kUnknown ? "null" : to_text(extent));
  }
  return "[" + text + "]";
}

std::string text_of(const Summary& summary) {
  Table table = summary.linear ? Table{90, {28, 54, 80, 90}} : Table{115, {27, 55, 80, 92, 115}};
  std::vector<std::string> titles{"Layer (type)", "Input Shape", "Output shape", "Param #"};
  if (!summary.linear) titles.emplace_back("Receives inputs");
  table.rule('_');
  table.row(titles);
  table.rule('=');
  for (const SummaryRow& row : summary.rows) {
    std::vector<std::string> fields = fields_of(row);
    if (!summary.linear) fields.push_back(row.receives.empty() ? "" : row.receives[0]);
    table.row(fields);
    for (std::size_t i = 1; !summary.linear && i < row.receives.size(); ++i) {
      table.row({"", "", "", "", row.receives[i]});
    }
    table.rule(&row == &summary.rows.back() ? '=' : '_');
  }
  const auto total = [&](const char* what, std::int64_t count) { table.text += what + to_text(count) + "\n"; };
  total("Total params: ", summary.parameters);
  total("Trainable params: ", summary.trainable);
  total("Non-trainable params: ", summary.parameters - summary.trainable);
  table.rule('_');
  return table.text;
}

}  // namespace vitrine::nn
