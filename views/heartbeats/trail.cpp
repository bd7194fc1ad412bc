// Every second waypoint goes when there are too many: the last steps stay close, the first ones far apart.
#include "views/heartbeats/trail.h"

#include <algorithm>

namespace vitrine::views::heartbeats {
namespace {

constexpr std::size_t kMostWaypoints = 64, kMostNumbers = 100000;  // of each of them

}  // namespace

void Trail::leave(std::int64_t step, const std::vector<float>& codes) {
  if (codes.size() > kMostNumbers) return;
  Waypoints all = *waypoints_;
  if (other_path_) {
    std::erase_if(all, [&](const Waypoint& each) { return each.step >= step || each.codes->size() != codes.size(); });
    other_path_ = false;
  }
  const auto at = std::ranges::lower_bound(all, step, {}, &Waypoint::step);
  if (at != all.end() && at->step == step) return;
  all.insert(at, {step, std::make_shared<const std::vector<float>>(codes)});
  if (all.size() > kMostWaypoints) {
    std::size_t index = 0;
    std::erase_if(all, [&](const Waypoint&) { return index++ % 2 == 1; });
  }
  waypoints_ = std::make_shared<const Waypoints>(std::move(all));
}

void Trail::state_restored() {
  if (other_path_) clear();
}

void Trail::clear() {
  waypoints_ = std::make_shared<const Waypoints>();
}

}  // namespace vitrine::views::heartbeats
