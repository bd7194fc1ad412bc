// Bodies taken apart.
#include "engine/cpu/lane_endings.h"

#include <algorithm>

namespace vitrine::cpu {
namespace {

bool reads(const MicroStep& step, int slot) {
  const std::int8_t slots[] = {step.a, step.b, step.c};
  return std::any_of(slots, slots + inputs_of(step.micro), [&](int each) { return each == slot; });
}

}  // namespace

Launch ending_of(const Launch& launch) {
  Launch rest = launch;
  rest.op = nullptr;
  rest.inputs = {launch.outputs[0]};
  if (launch.body.empty()) return rest;
  rest.body.erase(rest.body.begin());
  for (MicroStep& step : rest.body) {
    std::int8_t* slots[] = {&step.a, &step.b, &step.c};
    for (int i = 0; i < inputs_of(step.micro); ++i) {
      std::int8_t& slot = *slots[i];
      if (slot >= 0) {
        slot = static_cast<std::int8_t>(slot - 1);  // the op's result becomes input 0
        continue;
      }
      const int input = launch.inputs[static_cast<std::size_t>(-1 - slot)];
      const auto found = std::ranges::find(rest.inputs.begin() + 1, rest.inputs.end(), input);
      slot = static_cast<std::int8_t>(-1 - (found - rest.inputs.begin()));
      if (found == rest.inputs.end()) rest.inputs.push_back(input);
    }
  }
  return rest;
}

int first_added(const Launch& ending) {
  if (ending.body.empty()) return -1;
  const MicroStep first = ending.body[0];
  const int slot = first.a == -1 ? first.b : first.a;
  if (first.micro != Micro::add || (first.a == -1) == (first.b == -1) || slot >= 0) return -1;
  const bool used_again =
      std::any_of(ending.body.begin() + 1, ending.body.end(), [](const MicroStep& step) { return reads(step, -1); });
  return used_again ? -1 : ending.inputs[static_cast<std::size_t>(-1 - slot)];
}

void drop_first_step(Launch& ending) {
  ending.body.erase(ending.body.begin());
  for (MicroStep& step : ending.body) {
    for (std::int8_t* slot : {&step.a, &step.b, &step.c}) *slot = static_cast<std::int8_t>(*slot - (*slot >= 0));
  }
}

}  // namespace vitrine::cpu
