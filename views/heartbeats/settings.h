// What a person can set in Heartbeats, as plain values; controls.cpp declares a row for each.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "datasets/heartbeats/heartbeats.h"
#include "datasets/scaling.h"
#include "views/program.h"

namespace vitrine::views::heartbeats {

inline constexpr std::int64_t kMostRows = 50000;  // of a file, or windows of a series: more would be slower to look at
inline constexpr std::int64_t kMostCode = 32, kComponents = 3;  // numbers of a code, and parts of it to look at
inline constexpr double kLeastError = 1e-9, kMostError = 1e9;   // of a threshold by hand; 0 leaves it to the rule

enum class Source { generated, files };
enum class Penalty { none, l1, l2, both };
enum class Preset { own, ours, talk, original };  // own: whatever the rows say
enum class ModelForm { dense, convolutional, variational };
enum class Shows {
  beat,
  point,
  drawn,
  scaling,
  inside,
  timing,
  code
};                                     // on the stage: a validation beat, a point of the code …
enum class Colours { verdict, kind };  // of the points of the code

struct HiddenLayer {
  std::int64_t units = 4;
  friend bool operator==(const HiddenLayer&, const HiddenLayer&) = default;
};

struct Settings {
  Source source = Source::generated;
  std::int64_t beats = 2500;  // generated ones
  std::int64_t data_seed = 1;
  std::string train_file, test_file;
  datasets::ScalingKind scaling = datasets::ScalingKind::none;
  std::int64_t train_rows = 0;           // to learn from; 0: all there are
  std::int64_t contamination = 0;        // per cent of them that are anomalies
  std::int64_t window = 0, stride = 70;  // lines of a long series in one row, and between two; 0: a line is a row
  std::string injection = "none";        // how rows to judge are spoiled
  std::int64_t injected = 20;            // per cent of the normal ones
  double injection_strength = 1;
  double samples_per_second = 0;  // of a file; 0: nobody knows

  Preset preset = Preset::own;
  ModelForm form = ModelForm::dense;
  double cloud = 0.001;                   // weight of the divergence of a variational one
  std::vector<HiddenLayer> layers{{16}};  // of the encoder; the decoder mirrors them
  std::int64_t code = 3;
  std::string activation = "tanh", output = "linear";
  double noise = 0;  // deviations added to what comes in; what is to come out stays clean
  std::int64_t start_seed = 0;

  double rate = 0.01;
  std::int64_t batch = 64;
  std::string optimiser = "Adam";
  double beta1 = 0.9;
  Penalty penalty = Penalty::none;
  double penalty_rate = 0.001;

  std::string rule = "accuracy";
  double beta = 1, price = 5, percentile = 95, sigmas = 3, risk = 1;  // of the rules; the risk in per cent
  double by_hand = 0;                                                 // a threshold; 0: the rule's

  Shows shows = Shows::beat;
  Language language = Language::keras;   // of the program
  bool learnt_weights = false;           // in the program
  std::int64_t beat = -1;                // whose way through the network is shown; -1: the first anomaly's
  std::int64_t change = -1;              // the validation beat whose smallest change to pass is shown; -1: none
  std::string point;                     // of the code, as numbers; empty: the middle of what is normal
  std::string drawn;                     // an own beat, in units of the data; empty: the mean normal beat
  std::string across = "h1", up = "h2";  // of the picture of codes: units h1 …, principal components p1 …
  Colours colours = Colours::verdict;

  double samples_per_second_now() const { return generated() ? datasets::kBeatRate : samples_per_second; }
  bool generated() const { return source == Source::generated || train_file.empty(); }  // also until a file is chosen
};

}  // namespace vitrine::views::heartbeats
