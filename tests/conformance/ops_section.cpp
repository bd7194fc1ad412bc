// Replays ops.json: outputs, first and second gradients of every case, within the tolerances of the corpus.
#include <algorithm>

#include "engine/core/error.h"
#include "engine/ops/gradients.h"
#include "tests/conformance/compare.h"
#include "tests/conformance/sections.h"

namespace vitrine::conformance {
namespace {

void check_gradients(const OpCase& c, const Case& call, const Tensors& outputs) {
  Tensor target;
  for (std::size_t i = 0; i < c.cotangents.size(); ++i) {
    if (c.cotangents[i]) add_product(target, outputs[i], *c.cotangents[i], call.backend);
  }
  const Tensors first = ops::gradients(target, call.inputs);
  for (std::size_t i = 0; i < c.grads.size(); ++i) {
    if (c.grads[i]) compare(c.id, "gradient of input " + std::to_string(i), first[i], *c.grads[i], c.gradient);
  }
  if (c.second_grads.empty()) return;
  Tensor total;
  for (std::size_t i = 0; i < c.second_cotangents.size(); ++i) {
    if (c.second_cotangents[i]) add_product(total, first[i], *c.second_cotangents[i], call.backend);
  }
  const Tensors second = ops::gradients(total, call.inputs);
  for (std::size_t i = 0; i < c.second_grads.size(); ++i) {
    if (c.second_grads[i]) {
      compare(c.id, "second gradient of input " + std::to_string(i), second[i], *c.second_grads[i], c.gradient);
    }
  }
}

void check(const OpCase& c, const Adapter& adapter, const Tolerance& tolerance, Backend& backend) {
  const bool differentiate = !c.edge && !c.grads.empty();
  Case call{backend, c.attrs, {}};
  for (std::size_t i = 0; i < c.inputs.size(); ++i) {
    const Tensor input = upload(backend, c.inputs[i]);
    call.inputs.push_back(differentiate && c.grads[i] ? watch(input) : input);
  }
  const Tensors outputs = adapter.run(call);
  expect_count(c.id, "outputs", outputs.size(), c.outputs.size());
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    compare(c.id, "output " + std::to_string(i), outputs[i], c.outputs[i], tolerance);
  }
  if (differentiate) check_gradients(c, call, outputs);
}

}  // namespace

void replay_ops(const Replay& replay) {
  const Corpus<OpCase> corpus = read_ops(replay.folder / "ops.json");
  for (const std::string& op : replay.only_ops) {
    if (std::ranges::find(corpus.cases, op, &OpCase::op) == corpus.cases.end()) {
      replay.report.fail({op, {}, "the corpus has no case of it", {}, {}, {}});
    }
  }
  for (const OpCase& c : corpus.cases) {
    const bool asked = replay.only_ops.contains(c.op);
    if (!replay.only_ops.empty() && !asked) continue;
    const Adapter* adapter = find_adapter(c.op);
    replay_case(replay, c.id, asked ? nullptr : replay.skips.reason(c.id, c.op, adapter != nullptr), [&] {
      if (adapter == nullptr) throw Failure{c.id, {}, "there is no adapter for " + c.op, {}, {}, {}};
      check(c, *adapter, corpus.tolerance, replay.backend);
    });
  }
}

}  // namespace vitrine::conformance
