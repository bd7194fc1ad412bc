// The Beats of one run: which rows are learnt from, on which the threshold is chosen, and which wait for the end. The
// validation rows are a fifth of the training rows, drawn by a seed, every kind in its share. The test rows lie behind
// a door that counts how often it was opened.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/anomaly/baselines.h"
#include "datasets/dataset.h"
#include "datasets/scaling.h"
#include "engine/core/hash.h"
#include "views/heartbeats/reading.h"
#include "views/heartbeats/settings.h"

namespace vitrine::views::heartbeats {

struct Rows {  // scaled
  std::vector<float> values;
  std::vector<std::uint8_t> kinds;      // classes of the set; 0 is normal
  std::vector<std::uint8_t> anomalous;  // 1: of any other kind
  std::size_t count() const { return kinds.size(); }
};

std::size_t first_anomaly(const Rows& rows);  // 0 where there is none

class TestRows {
 public:
  explicit TestRows(Rows rows) : rows_(std::move(rows)) {}
  std::size_t count() const { return rows_.count(); }
  const Rows& open() const { return ++opened_, rows_; }
  int opened() const { return opened_; }

 private:
  Rows rows_;
  mutable int opened_ = 0;
};

struct Beats {
  std::string label;               // of the set
  std::vector<std::string> kinds;  // names
  std::size_t width = 0;
  std::vector<std::string> fields;  // names of the values of a row, where they are fields and no steps
  std::vector<std::string> series;  // names of the series that stand one behind the other in a row; empty for one
  Rows learnt, validation;
  TestRows test{{}};
  datasets::Scaling scaling;           // from the units of the data to what the network sees
  std::vector<float> mean, deviation;  // of what is normal among the learnt rows, step by step
  std::vector<std::string> notes;      // sentences about data of which something is missing
  Hash digest;

  datasets::RowTable table(const Rows& rows) const { return {width, rows.values}; }
};

// A sentence where all rows are normal, or none is: nothing can then be told apart. Empty otherwise.
std::string one_sided(const Rows& rows, std::string_view part);
bool same_data(const Settings& a, const Settings& b);
std::shared_ptr<const Beats> make_beats(const Settings& settings, Sources sources);  // UsageError

}  // namespace vitrine::views::heartbeats
