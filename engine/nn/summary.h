// A Summary is a model in figures: a row for each layer with its forms, numbers and multiply-adds, and their sums. As
// text it is the table that people know from TensorFlow.js, sign for sign.
#pragma once

#include <string>
#include <vector>

#include "engine/nn/model.h"

namespace vitrine::nn {

struct SummaryRow {
  std::string name, type;
  std::vector<std::vector<Form>> inputs;  // of each call
  std::vector<Form> outputs;              // of the first call
  bool alike = true;                      // all calls answer in these forms
  std::vector<std::string> receives;      // "conv1[0][0]": layer, call, answer
  std::int64_t parameters = 0;
  std::int64_t macs = 0;  // of all calls, for one sample; sequences of unknown length count one step
};

struct Summary {
  std::vector<SummaryRow> rows;
  bool linear = true;  // one layer after the other, none twice
  std::int64_t parameters = 0, trainable = 0;
  std::int64_t macs() const;
};

Summary summarise(const Model& model);
std::string text_of(const Summary& summary);
std::string json_of(const Form& form);  // "[null,28,28,1]"

}  // namespace vitrine::nn
