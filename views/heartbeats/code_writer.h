// The lines that the three writers of a Heartbeats program share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "views/heartbeats/code.h"
#include "views/program_layer.h"

namespace vitrine::views::heartbeats {

// Controls that some lines are about.
inline constexpr const char *kAboutScaling = "data.scaling", *kAboutBatch = "learning.batch",
                            *kAboutOptimiser = "learning.rate learning.optimiser learning.beta1",
                            *kAboutThreshold = "threshold.rule threshold.above";
inline constexpr int kProgramEpochs = 20;
inline constexpr std::int64_t kMostWeights = 100000;  // to write out

class CodeWriter : public ProgramWriter {
 public:
  struct Weight {
    std::vector<float> numbers;
    Shape shape;
  };
  CodeWriter(Language language, const Program& program)
      : ProgramWriter(language), program_(program), layers_(judging_layers(program.model)) {}

  const JudgingLayers& layers() const { return layers_; }
  std::vector<Weight> weights() const;  // of all layers, in order
  std::string optimiser() const;        // empty: the language has none such
  std::string beat() const { return joined(program_.beat, ", "); }
  std::string offsets() const { return joined(program_.scaling.offsets(), ", "); }  // empty: rows stay as they are
  std::string factors() const { return joined(program_.scaling.factors(), ", "); }
  std::int64_t width() const { return program_.model.units.front(); }
  std::int64_t code() const { return program_.model.units[program_.model.code]; }
  void layer_lines(std::string_view indent, const std::vector<nn::Layer>& layers);
  bool too_many_weights();  // says so
  void notes_on_training();

 private:
  const Program& program_;
  JudgingLayers layers_;
};

ProgramText write_tensorflow_js(const Program& program);
ProgramText write_keras(const Program& program);
ProgramText write_cpp(const Program& program);

}  // namespace vitrine::views::heartbeats
