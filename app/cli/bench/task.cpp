// What all tasks share: the shares of a measurement, the floor under a plan, numbers to compute with.
#include "app/cli/bench/task.h"

#include <set>

#include "engine/core/error.h"
#include "engine/core/hash.h"

namespace vitrine::cli {
namespace {

double elements(const Schedule& schedule, int id) {
  return static_cast<double>(schedule.values[static_cast<std::size_t>(id)].spec.shape.elements());
}

// Products count two for each term; everything else one for each element and elementary step.
double flops_of(const Schedule& schedule, const Launch& launch) {
  const double results = elements(schedule, launch.outputs[0]);
  if (launch.op == nullptr) return results * static_cast<double>(launch.body.size());
  const std::string_view name = launch.op->name;
  const auto shape = [&](std::size_t input) -> const Shape& {
    return schedule.values[static_cast<std::size_t>(launch.inputs[input])].spec.shape;
  };
  if (name == "matmul") {
    const int rank = shape(0).rank();
    return 2 * results * static_cast<double>(shape(0)[rank - 1]);
  }
  return launch.inputs.empty() ? results : std::max(results, elements(schedule, launch.inputs[0]));
}

}  // namespace

double Measured::at(double share) const {
  return milliseconds[static_cast<std::size_t>(share * static_cast<double>(milliseconds.size() - 1) + 0.5)];
}

Floor floor_of(const Plan& plan) {
  const Schedule& schedule = plan.schedule();
  Floor floor;
  // What a step leaves in its arena may stay in a cache; state, inputs and answers come and go.
  std::set<int> read, written;
  for (const Launch& launch : schedule.launches) {
    floor.flops += flops_of(schedule, launch);
    for (const bool out : {false, true}) {
      for (const int id : out ? launch.outputs : launch.inputs) {
        const Value& value = schedule.values[static_cast<std::size_t>(id)];
        if (value.place != Value::Place::arena) (out ? written : read).insert(value.base);
      }
    }
  }
  for (const auto* list : {&read, &written}) {
    for (const int id : *list) {
      floor.bytes += static_cast<double>(schedule.values[static_cast<std::size_t>(id)].spec.bytes());
    }
  }
  for (const int id : schedule.kept) {
    floor.bytes += static_cast<double>(schedule.values[static_cast<std::size_t>(id)].spec.bytes());
  }
  return floor;
}

std::vector<float> ordinary(std::size_t count, std::uint32_t seed) {
  std::vector<float> values(count);
  std::uint32_t state = seed;
  for (float& value : values) {
    state = state * 1664525u + 1013904223u;
    value = static_cast<float>(state >> 8) * 0x1p-23f - 1;
  }
  return values;
}

std::string hash_of_run(const Slab& slab) {
  return Hasher().reals(slab.save()).finish().hex();
}

void refuse_choice(std::string_view choice, std::string_view expected) {
  throw UsageError({"bench", "has no such choice", std::string(expected), std::string(choice.substr(0, 80)),
                    "`vitrine bench --list` prints the tasks."});
}

}  // namespace vitrine::cli
