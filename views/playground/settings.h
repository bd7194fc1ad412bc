// What a person can set in the Playground, as plain values; controls.cpp declares a row for each.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "views/playground/model.h"
#include "views/program.h"

namespace vitrine::views::playground {

inline constexpr double kLeastZoom = 0.25, kMostZoom = 64, kFarthest = 100;  // of the window
inline constexpr double kLeastTilt = 5, kMostTilt = 85;                      // of the surface

inline constexpr int kFeatures = 7;                          // built in; formulas come behind them
inline constexpr std::string_view kShared = "shared";        // the activation of a layer that follows the others
inline constexpr std::string_view kPublished = "published";  // the first weights of the published playground

inline constexpr std::string_view kOwn = "own";             // the set of a person's own points
inline constexpr std::string_view kOwnCurve = "curve-own";  // and that of a curve of one's own

enum class Instrument { gradients, weights, slopes, units, classes, runs, code };

// Those that need the room of the test set, too.
constexpr bool is_wide(Instrument instrument) {
  return instrument == Instrument::runs || instrument == Instrument::code;
}

enum class Brush { off, first, second, third, erase, move };

struct FormulaSettings {
  std::string formula = "cos(x1)";
  bool on = true;
};

struct LayerSettings {
  std::int64_t units = 2;
  std::string activation = std::string(kShared);
};

struct Settings {
  std::string preset = "none";  // chosen last; what it set may have been changed since
  std::string set = "circle";
  std::int64_t noise = 0, share = 50, balance = 100;  // per cent
  std::int64_t count = 0;                             // 0: as many as the set has
  std::string seed = "0.12345";
  std::string table, column_x1, column_x2, column_label;  // of the own points: CSV text, and what its columns mean
  std::string stroke;                                     // of a brush; done at once, and empty again
  std::string curve = "2 sin(x1)";
  std::string address;  // of the published playground; read at once, and empty again
  bool x1 = true, x2 = true, x1_squared = false, x2_squared = false, product = false, sine_x1 = false, sine_x2 = false;
  std::vector<FormulaSettings> formulas;

  std::vector<LayerSettings> layers{{4}, {2}};
  std::string activation = "tanh";
  std::string start = std::string(kPublished);  // how first weights are drawn
  std::string start_seed;                       // empty: they continue the stream of the points
  std::string link;                             // what is done to a link; done at once, and empty again
  std::string held;                             // links that training leaves alone, with their weights

  double rate = 0.03;
  std::int64_t batch = 10;
  std::string loss = "squared";
  Penalty penalty = Penalty::none;
  double penalty_rate = 0.001;
  std::string optimiser = "SGD";
  double momentum = 0.9, beta1 = 0.9, beta2 = 0.999;  // where the optimiser has them
  std::string schedule = "Constant";
  std::int64_t horizon = 1000;  // epochs that the schedule is about

  bool anyway = false;             // however long an epoch takes
  double stop_loss = 0;            // of the test rows; 0: never
  std::int64_t stop_patience = 0;  // epochs without a better test loss; 0: any number

  Brush brush = Brush::off;
  bool test = false, discretise = false, errors = false, flow = true;
  double view_x = 0, view_y = 0, view_zoom = 1;  // the part of the plane that the big field shows
  bool surface = false;                          // instead of the field
  double turn = 30, tilt = 35;                   // degrees: from where the surface is looked at
  Instrument instrument = Instrument::gradients;
  Language language = Language::tensorflow_js;
  bool learnt_weights = false;  // what the code begins with
};

// The hyper-parameters of optimisers that have a row of their own; the others stay as the optimiser has them.
struct Hyper {
  std::string_view name;  // as the optimiser's table calls it
  double Settings::*value;
};
const Hyper* hyper_of(std::string_view name);  // null when it has no row

struct Feature {
  std::string_view id, label;
  bool Settings::*on;
  double (*value)(double x1, double x2);
};
const std::array<Feature, kFeatures>& features();
// As the diagram has room for; a formula is cut.
std::string feature_label(const Settings& settings, int feature);

}  // namespace vitrine::views::playground
