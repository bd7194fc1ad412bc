// A Trail is the way of all beats through the code while the network learnt: where they lay at some steps of the run.
// Going back leaves it as it is, for the run will come by again; another setting makes what lies ahead untrue.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace vitrine::views::heartbeats {

struct Waypoint {
  std::int64_t step = 0;
  std::shared_ptr<const std::vector<float>> codes;  // of every validation row
};
using Waypoints = std::vector<Waypoint>;  // in the order of steps

class Trail {
 public:
  void leave(std::int64_t step, const std::vector<float>& codes);
  void setting_moved() { other_path_ = true; }
  void state_restored();  // after a setting moved: of another run, whose way is not known
  void clear();
  std::shared_ptr<const Waypoints> waypoints() const { return waypoints_; }

 private:
  std::shared_ptr<const Waypoints> waypoints_ = std::make_shared<const Waypoints>();
  bool other_path_ = false;
};

}  // namespace vitrine::views::heartbeats
