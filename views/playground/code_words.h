// What features, activations, losses and numbers of the Playground are called in each language, and the lines that the
// three writers share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "views/playground/code.h"

namespace vitrine::views::playground {

// What lines are about, where all languages have such lines.
inline constexpr const char* kAboutPoints =
    "data.set data.count data.noise data.share data.seed data.balance data.curve data.table";
inline constexpr const char* kAboutFeatures = "features.own";
inline constexpr const char* kAboutWeights = "network.start network.start_seed network.link";
inline constexpr const char* kAboutOptimiser =
    "learning.rate learning.optimiser learning.momentum learning.beta1 learning.beta2";
inline constexpr const char* kAboutPenalty = "learning.penalty learning.penalty_rate network.link";
inline constexpr const char* kAboutPull = "learning.penalty_rate learning.penalty learning.rate";
inline constexpr const char* kAboutLoss = "learning.loss";
inline constexpr const char* kAboutBatch = "learning.batch data.share data.count";

class CodeWriter : public ProgramWriter {
 public:
  CodeWriter(Language language, const Program& program) : ProgramWriter(language), program_(program) {}

  void about_layer(int layer);
  void points(std::string_view indent, std::string_view open, std::string_view close);

  std::string features() const;                  // numbers of x1 and x2, by commas
  std::string bend(int layer) const;             // a name of the framework in quotes, or a function
  std::string loss() const;                      // of labels y and answers a: one number for each row
  std::string optimiser() const;                 // empty: the language has none such
  std::string rows_of(std::size_t index) const;  // numbers of a weight matrix or bias, in nested brackets

  int batch() const { return static_cast<int>(program_.settings.batch); }
  int rest() const { return static_cast<int>(program_.points.train) % batch(); }
  bool waits() const { return rest() > 0 && !never(); }  // the incomplete batch for the next epoch
  bool never() const { return program_.points.train < static_cast<std::size_t>(program_.settings.batch); }
  bool rests() const { return !program_.live.empty() || program_.settings.penalty == Penalty::l1; }
  std::string pull() const;  // by which the penalty moves a weight of 1
  // Sentences about what the language does otherwise.
  void notes_on_training();

 private:
  const Program& program_;
};

ProgramText write_tensorflow_js(const Program& program);
ProgramText write_keras(const Program& program);
ProgramText write_cpp(const Program& program);

}  // namespace vitrine::views::playground
