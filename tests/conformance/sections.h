// A Section is one file of the corpus and the way to replay it. Each reports every case: passed, failed or skipped.
#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>

#include "engine/tensor/backend.h"
#include "tests/conformance/report.h"

namespace vitrine::conformance {

struct Replay {
  std::filesystem::path folder;
  Backend& backend;
  std::set<std::string, std::less<>> only_ops;  // empty: all; those named here run even when listed as skipped
  Skips& skips;
  Report& report;
};

// One case: it passes when `check` throws nothing. `reason`: why it may be skipped; null: it may not.
void replay_case(const Replay& replay, const std::string& id, const std::string* reason,
                 const std::function<void()>& check);

void replay_ops(const Replay& replay);
void replay_layers(const Replay& replay);
void replay_training(const Replay& replay);  // "train"
void replay_fits(const Replay& replay);      // "fit"
void replay_models(const Replay& replay);
void replay_memory(const Replay& replay);

}  // namespace vitrine::conformance
