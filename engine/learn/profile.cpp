// Times launches one by one by giving each a segment of its own in a copy of the schedule.
#include "engine/learn/profile.h"

#include <algorithm>
#include <chrono>
#include <limits>

#include "engine/core/number.h"

namespace vitrine::learn {
namespace {

using Clock = std::chrono::steady_clock;

#define VITRINE_MICRO_TEXT(name, inputs) \
  case Micro::name:                      \
    return #name;
std::string_view name_of(Micro micro) {
  switch (micro) {
    VITRINE_MICROS(VITRINE_MICRO_TEXT)
    case Micro::none:
    case Micro::count:
      break;
  }
  return "";
}
#undef VITRINE_MICRO_TEXT

std::string name_of(const Launch& launch) {
  std::string name(launch.op == nullptr ? std::string_view() : launch.op->name);
  for (const MicroStep& step : launch.body) {
    if (step.micro == Micro::none) continue;  // the op's own result, which its ending begins with
    name += (name.empty() ? "" : " + ") + std::string(name_of(step.micro));
  }
  return name;
}

std::int64_t elements(const vitrine::Schedule& schedule, int value) {
  return schedule.values[static_cast<std::size_t>(value)].spec.shape.elements();
}

// Of a convolution with this result and filter, and of both its gradients.
std::int64_t convolved(const Shape& result, const Shape& filter) {
  const std::int64_t channels = std::max(result[result.rank() - 1], std::int64_t{1});
  return 2 * result.elements() * filter.elements() / channels;
}

// Products and convolutions multiply and add once for each term of each result; how many terms there are follows from
// their operands. Everything else is counted as one operation for each element it reads or writes, whichever are more.
std::int64_t flops_of(const vitrine::Schedule& schedule, const Launch& launch) {
  std::int64_t read = 0, written = 0;
  for (const int value : launch.inputs) read = std::max(read, elements(schedule, value));
  for (const int value : launch.outputs) written += elements(schedule, value);
  if (launch.op == nullptr) return written * static_cast<std::int64_t>(launch.body.size());
  const auto shape = [&](int value) { return schedule.values[static_cast<std::size_t>(value)].spec.shape; };
  const std::string_view name = launch.op->name;
  if (name == "matmul") {
    const Shape a = shape(launch.inputs[0]);
    return 2 * written * a[a.rank() - 1];
  }
  if (name == "convolution") return convolved(shape(launch.outputs[0]), shape(launch.inputs[1]));
  if (name == "convolution_input_gradient") return convolved(shape(launch.inputs[0]), shape(launch.inputs[1]));
  if (name == "convolution_filter_gradient") return convolved(shape(launch.inputs[1]), shape(launch.outputs[0]));
  return std::max(read, written);
}

std::int64_t bytes_moved(const vitrine::Schedule& schedule, const Launch& launch) {
  std::int64_t bytes = 0;
  const auto add = [&](int value) {
    bytes += static_cast<std::int64_t>(schedule.values[static_cast<std::size_t>(value)].spec.bytes());
  };
  std::ranges::for_each(launch.inputs, add);
  std::ranges::for_each(launch.outputs, add);
  return bytes;
}

// The same launches on slabs of their own, each launch a segment.
vitrine::Schedule taken_apart(const vitrine::Schedule& schedule, Backend& backend) {
  vitrine::Schedule apart = schedule;
  apart.segments.clear();
  for (std::size_t i = 0; i < apart.launches.size(); ++i) {
    apart.launches[i].segment = static_cast<int>(i);
    apart.segments.push_back(to_text(static_cast<std::int64_t>(i)));
  }
  for (std::shared_ptr<Buffer>& slab : apart.slabs) {
    std::vector<std::byte> numbers(slab->bytes());
    backend.download(*slab, 0, numbers);
    slab = backend.allocate(numbers.size(), "profile");
    backend.upload(*slab, 0, numbers);
  }
  return apart;
}

std::vector<std::vector<std::byte>> bound_inputs(Program& program, const vitrine::Schedule& schedule,
                                                 std::span<const std::vector<float>> inputs) {
  std::vector<std::vector<std::byte>> memory;
  for (std::size_t i = 0; i < schedule.inputs.size(); ++i) {
    const Spec& spec = schedule.inputs[i];
    memory.emplace_back(spec.bytes());
    if (i < inputs.size()) {
      const auto given = std::as_bytes(std::span(inputs[i]));
      std::copy_n(given.begin(), std::min(given.size(), memory.back().size()), memory.back().begin());
    }
    program.bind(static_cast<int>(i), memory.back().data());
  }
  return memory;
}

std::string quoted(std::string_view text) {
  std::string safe = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') safe += '\\';
    safe += c;
  }
  return safe + '"';
}

}  // namespace

double Profile::microseconds() const {
  double sum = 0;
  for (const LaunchProfile& launch : launches) sum += launch.microseconds;
  return sum;
}
std::int64_t Profile::bytes() const {
  std::int64_t sum = 0;
  for (const LaunchProfile& launch : launches) sum += launch.bytes;
  return sum;
}
std::int64_t Profile::flops() const {
  std::int64_t sum = 0;
  for (const LaunchProfile& launch : launches) sum += launch.flops;
  return sum;
}

Profile profile(const Plan& plan, Backend& backend, int runs, std::span<const std::vector<float>> inputs) {
  const vitrine::Schedule& schedule = plan.schedule();
  Profile seen;
  for (const Launch& launch : schedule.launches) {
    const std::string shape =
        launch.outputs.empty() ? "" : text_of(schedule.values[static_cast<std::size_t>(launch.outputs[0])].spec.shape);
    seen.launches.push_back({name_of(launch), schedule.segments[static_cast<std::size_t>(launch.segment)], shape,
                             std::numeric_limits<double>::max(), bytes_moved(schedule, launch),
                             flops_of(schedule, launch)});
  }
  if (seen.launches.empty()) return seen;
  const vitrine::Schedule apart = taken_apart(schedule, backend);
  const std::unique_ptr<Program> program = backend.prepare(apart);
  const auto memory = bound_inputs(*program, apart, inputs);
  seen.lowering = program->lowering();
  for (int run = 0; run < std::max(runs, 1); ++run) {
    for (std::size_t i = 0; i < seen.launches.size(); ++i) {
      const auto start = Clock::now();
      program->run(static_cast<int>(i), static_cast<int>(i));
      const std::chrono::duration<double, std::micro> took = Clock::now() - start;
      seen.launches[i].microseconds = std::min(seen.launches[i].microseconds, took.count());
    }
  }
  return seen;
}

std::string chrome_trace(const Profile& profile) {
  std::string json = "{\"traceEvents\":[";
  double now = 0;
  for (const LaunchProfile& launch : profile.launches) {
    json += (&launch == profile.launches.data() ? "\n" : ",\n");
    json += "{\"ph\":\"X\",\"pid\":1,\"tid\":1,\"name\":" + quoted(launch.name) + ",\"cat\":" + quoted(launch.segment) +
            ",\"ts\":" + to_text(now) + ",\"dur\":" + to_text(launch.microseconds) +
            ",\"args\":{\"shape\":" + quoted(launch.shape) + ",\"bytes\":" + to_text(launch.bytes) +
            ",\"flops\":" + to_text(launch.flops) + "}}";
    now += launch.microseconds;
  }
  return json + "\n],\"displayTimeUnit\":\"ns\"}\n";
}

}  // namespace vitrine::learn
