// Findings are what a trained autoencoder says of rows: how it rebuilds them, where they lie in its code, how strange
// each is, and whether it is alive at all.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "datasets/anomaly/judging.h"
#include "engine/learn/trainer.h"
#include "views/heartbeats/beats.h"
#include "views/heartbeats/model.h"

namespace vitrine::views::heartbeats {

struct Rebuilt {
  std::vector<float> values;  // rows one behind the other, as the data
  std::vector<float> codes;   // code units of each row
  std::vector<float> scores;  // mean squared error of each row
  int dead_units = 0;         // hidden or code units that say the same of every row
  int units = 0;
};
Rebuilt rebuild(learn::Predictor& predictor, const Beats& beats, const Rows& rows);

// An autoencoder has collapsed when it answers every beat with nearly the same curve. Its scores are then the distances
// to the mean beat, and there is no need for a network.
struct Health {
  int dead_units = 0, units = 0;
  std::int64_t beyond = 0;      // rows whose error is no finite number: of these nothing else can be said
  double code_variance = 0;     // mean over the units of the code
  double rebuilt_variance = 0;  // of rebuilt normal rows, as a share of that of the rows
  double like_mean_beat = 0;    // correlation of the scores with the distances to the mean beat
  bool collapsed = false;
  std::string sentence = {};
};
Health examine(const Rebuilt& rebuilt, const Beats& beats, const Rows& rows);

double mean_score(std::span<const float> scores, const Rows& rows);  // of normal rows; of all where none is
// The scores alone, for which nothing inside the network is looked at.
std::vector<float> scores_of(learn::Predictor& predictor, const Beats& beats, const Rows& rows);

}  // namespace vitrine::views::heartbeats
