// Replays memory.json: what every step leaves, counted as TensorFlow.js counts and, beside it, as our ledger does.
#include <algorithm>

#include "engine/core/number.h"
#include "engine/ops/activation.h"
#include "engine/ops/linear.h"
#include "tests/conformance/memory_room.h"
#include "tests/conformance/sections.h"
#include "tests/support/counting_backend.h"

namespace vitrine::conformance {
namespace {

std::string text_of(const MemoryCount& count) {
  return "tensors " + to_text(count.tensors) + ", buffers " + to_text(count.buffers) + ", bytes " +
         to_text(count.bytes);
}

std::string id_of(const MemoryScript& script) {
  std::string id = "memory/" + script.name;
  std::ranges::replace(id, ' ', '-');
  return id;
}

void run_steps(const MemoryScript& wanted, const Replay& replay) {
  const auto& scripts = memory_scripts();
  const auto script = std::ranges::find(scripts, wanted.name, &Script::name);
  if (script == scripts.end()) throw Failure{id_of(wanted), {}, "there is no such script", {}, {}, {}};
  MemoryRoom room(replay.backend);
  for (const MemoryStep& want : wanted.steps) {
    const auto step = std::ranges::find(script->steps, want.what, &ScriptStep::what);
    if (step == script->steps.end()) throw Failure{id_of(wanted), want.what, "there is no such step", {}, {}, {}};
    step->run(room);
    const MemoryCount theirs = room.counted_by_tfjs(), ours = room.counted_by_us();
    replay.report.note("  " + wanted.name + " · " + want.what + " | TensorFlow.js: " + text_of(theirs) +
                       " | ledger: buffers " + to_text(ours.buffers) + ", bytes " + to_text(ours.bytes));
    if (theirs != want.count) {
      throw Failure{id_of(wanted),   want.what,          "TensorFlow.js counts differently", {},
                    text_of(theirs), text_of(want.count)};
    }
    if (ours.buffers != room.buffers_held()) {
      throw Failure{id_of(wanted),
                    want.what,
                    "the ledger holds buffers that no handle reaches",
                    {},
                    to_text(ours.buffers),
                    to_text(room.buffers_held())};
    }
  }
}

// What TensorFlow.js calls the kernels of the profile.
std::string kernel_name(const std::string& op) {
  return op == "matmul" ? "BatchMatMul" : op == "relu" ? "Relu" : op;
}

void run_profile(const MemoryScript& wanted, const Replay& replay) {
  CountingBackend counting(replay.backend);
  const Scope scope(counting);
  const auto ones = [&](const Shape& shape) {
    return upload(counting,
                  {{DType::float32, shape}, std::vector<double>(static_cast<std::size_t>(shape.elements()), 1)});
  };
  const Tensor result = tidy([&] { return ops::relu(ops::matmul(ones({8, 4}), ones({4, 2}))); });
  const MemoryCount added{static_cast<std::int64_t>(scope.buffers()), 0, static_cast<std::int64_t>(scope.bytes())};
  std::vector<KernelRun> kernels;
  for (const CountingBackend::Run& run : counting.runs()) {
    kernels.push_back({kernel_name(run.op), static_cast<std::int64_t>(run.bytes),
                       static_cast<std::int64_t>(run.outputs.size()), run.inputs, run.outputs});
    replay.report.note("  " + wanted.name + " · " + kernels.back().name + ": " + to_text(kernels.back().bytes) +
                       " bytes added");
  }
  if (added != wanted.added) {
    throw Failure{id_of(wanted), {}, "something else is left", {}, text_of(added), text_of(wanted.added)};
  }
  if (kernels != wanted.kernels)
    throw Failure{id_of(wanted), {}, "other kernels ran, or with other shapes", {}, {}, {}};
}

}  // namespace

void replay_memory(const Replay& replay) {
  for (const MemoryScript& script : read_memory(replay.folder / "memory.json")) {
    const std::string id = id_of(script);
    replay_case(replay, id, replay.skips.reason(id, id, true),
                [&] { script.profile ? run_profile(script, replay) : run_steps(script, replay); });
  }
}

}  // namespace vitrine::conformance
