// The flat steps of a lane program: elementwise over weights. Equal updates of many regions are one step, wherever they
// stand in the schedule, as long as what lies between is none of their business.
#pragma once

#include "engine/cpu/lane_draft.h"

namespace vitrine::cpu {

class LaneUpdates {
 public:
  explicit LaneUpdates(LaneDraft& draft) : draft_(draft) {}
  // False if some operand is neither as long as the result nor one number.
  bool add(const Launch& launch, const std::vector<MicroStep>& body);

 private:
  struct Update {  // the first launch of a step
    std::size_t step;
    const Launch* launch;
  };
  struct Range {
    const float* begin;
    const float* end;
    bool meets(const Range& other) const { return begin < other.end && other.begin < end; }
  };

  LaneStep* step_to_join(const Launch& launch, const std::vector<MicroStep>& body);
  bool same_update(const Update& update, const Launch& launch, const std::vector<MicroStep>& body) const;
  bool touches(const LaneStep& step, const Launch& launch) const;
  Range range_of(int id) const;
  bool is_row(int id, const Value& out) const;
  void add_rows(const LaneStep& step, LaneRow row, std::int64_t count);

  LaneDraft& draft_;
  std::vector<Update> updates_;
};

}  // namespace vitrine::cpu
