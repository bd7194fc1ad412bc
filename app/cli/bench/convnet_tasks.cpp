// One training step of a small network of convolutions, and convolutions of single channels by themselves.
#include <iterator>

#include "app/cli/bench/convnet.h"
#include "app/cli/bench/task.h"
#include "app/work/words.h"
#include "engine/core/error.h"
#include "engine/graph/plan.h"
#include "engine/ops/convolution.h"

namespace vitrine::cli {
namespace {

constexpr std::int64_t kBatch = 64;
constexpr int kHashed = 3;      // steps after which the state is hashed, so that machines can be compared
constexpr int kExecutions = 4;  // of one run of depthwise, as the peer's

Result convnet_step(const Setting& setting) {
  const ConvNet& net = convnet_named(setting.choice);
  Slab slab = net.make_slab(setting.backend);
  Plan plan = compile(net.training_step(slab, kBatch), setting.backend);
  const ConvNet::Batch batch = net.make_batch(kBatch);
  Adam adam;
  plan.bind(plan.input("x"), batch.x);
  plan.bind(plan.input("y"), batch.y);
  plan.bind(plan.input("rate"), {&adam.rate, 1});
  plan.bind(plan.input("boost"), {&adam.boost, 1});
  const auto step = [&] {
    adam.next();
    plan.run();
  };
  for (int i = 0; i < kHashed; ++i) step();
  const std::string hash = hash_of_run(slab);
  const Measured measured = measure(setting, step);
  if (measured.milliseconds.empty()) return {};
  const Floor floor{2 * static_cast<double>(kBatch) * net.multiply_adds(), floor_of(plan).bytes};
  const double seconds = measured.at(0.5) / 1000;
  return {measured,
          floor,
          {{"images_per_second", static_cast<double>(kBatch) / seconds},
           {"gflops", floor.flops / seconds * 1e-9},
           {"state_hash", hash}}};
}

struct Depthwise {
  std::string_view name;
  std::int64_t channels, edge, stride;
};
constexpr Depthwise kDepthwises[] = {{"c256.28", 256, 28, 1}, {"c512.14", 512, 14, 1}, {"c64s2.112", 64, 112, 2}};

const Depthwise& depthwise_named(std::string_view name) {
  const auto found = std::ranges::find(kDepthwises, name, &Depthwise::name);
  if (found != std::end(kDepthwises)) return *found;
  std::vector<std::string> names;
  for (const Depthwise& each : kDepthwises) names.emplace_back(each.name);
  throw UsageError({"bench depthwise", "knows no such shape", "a name of the list", std::string(name.substr(0, 80)),
                    work::hint(std::string(name), names)});
}

Result depthwise(const Setting& setting) {
  constexpr std::int64_t kFrame = 3;
  const Depthwise& shape = depthwise_named(setting.choice);
  // The image lies in the slab, too, so that it is aligned as everything that a plan computes is.
  const Shape image{1, shape.edge, shape.edge, shape.channels};
  Slab slab(setting.backend, {{"filter", {kFrame, kFrame, shape.channels, 1}}, {"image", image}}, "bench");
  for (const Region& region : slab.regions()) {
    slab.write(region, ordinary(static_cast<std::size_t>(region.shape.elements())));
  }
  const ops::Window window{.strides = {shape.stride}, .dilations = {1}, .padding = ops::Padding::around(1)};
  Plan plan =
      compile(trace([&](Tracer& t) {
                t.output("y", ops::depthwise_convolution(t.region(slab, "image"), t.region(slab, "filter"), window));
              }),
              setting.backend);
  const Measured measured = measure(setting, [&] {
    for (int i = 0; i < kExecutions; ++i) plan.run();
  });
  if (measured.milliseconds.empty()) return {};
  const auto outputs = static_cast<double>(plan.spec(plan.kept("y")).shape.elements());
  const Floor floor = Floor{2.0 * outputs * kFrame * kFrame, floor_of(plan).bytes}.times(kExecutions);
  return {
      measured, floor, {{"executions", std::int64_t{kExecutions}}, {"gflops", floor.flops / measured.at(0.5) * 1e-6}}};
}

constexpr Task kTasks[] = {
    {"cnn", "mnist", "one Adam step of batch 64; cnn:cifar for the larger network", convnet_step},
    {"depthwise", "c256.28", "a 3x3 convolution of single channels, four times; depthwise:c64s2.112 for another shape",
     depthwise},
};

}  // namespace

std::span<const Task> convnet_tasks() {
  return kTasks;
}

}  // namespace vitrine::cli
