// A Plan is a graph made ready for one backend: static shapes, one arena, a flat list of launches in named segments.
// Running it allocates nothing and may stop between segments, with every kept value readable. Inputs are bound to
// memory of the caller and read from there at each run.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/graph/graph.h"

namespace vitrine {

struct CompileOptions {
  bool taps = false;   // keep tapped values; off, they cost nothing
  bool whole = false;  // every run goes from the first segment to the last, so work may be joined across them
};

class Plan {
 public:
  int input(std::string_view name) const;  // UsageError when there is none; likewise below
  int segment(std::string_view name) const;
  int kept(std::string_view name) const;              // an output or a tap
  void bind(int input, std::span<const float> data);  // at least as many as the input has; must outlive the runs

  void run();
  void run(int first_segment, int last_segment);  // inclusive
  void read(int kept, std::span<float> values) const;
  std::vector<float> read(std::string_view kept) const;
  float item(int kept) const;

  const Spec& spec(int kept) const;
  const std::vector<std::string>& segments() const { return schedule_.segments; }
  std::vector<std::string> taps() const;
  const Schedule& schedule() const { return schedule_; }
  std::string_view lowering() const { return program_->lowering(); }

 private:
  friend Plan compile(const Graph& graph, Backend& backend, const CompileOptions& options);
  Schedule schedule_;
  std::unique_ptr<Program> program_;
  std::vector<std::string> inputs_;
  std::vector<std::size_t> wanted_;  // numbers of each input
  std::vector<Graph::Named> kept_;
  std::size_t taps_ = 0;  // how many of kept_, at the end, are taps
};

Plan compile(const Graph& graph, Backend& backend, const CompileOptions& options = {});

}  // namespace vitrine
