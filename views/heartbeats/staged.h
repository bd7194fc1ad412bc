// What stands on the stage of Heartbeats: a validation beat, a decoded point of the code, or an own beat, with its
// words.
#pragma once

#include <string>
#include <vector>

#include "views/heartbeats/session.h"

namespace vitrine::views::heartbeats {

struct Staged {
  std::string title = {}, name = {};  // "Beat 311", its kind
  int category = -1;                  // of its chip; -1: nobody knows whether it is normal
  std::vector<float> recorded = {};   // empty where only a point was decoded
  std::vector<float> rebuilt = {};
  std::vector<float> passing = {};  // the recorded one with the smallest change that would let it pass, once asked for
  std::int64_t flagged = -1;        // which validation beat it is, where it is flagged; else -1
  std::string change = {};          // what takes it away again, with its size
  std::string verdict = {};
};
Staged staged(const Snapshot& s, std::size_t beat);

}  // namespace vitrine::views::heartbeats
