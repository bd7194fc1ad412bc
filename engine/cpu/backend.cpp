// Memory, single ops and whole schedules on the host.
#include "engine/cpu/backend.h"

#include <unistd.h>

#include <cstring>
#include <fstream>
#include <new>
#include <thread>
#include <utility>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/cpu/lanes.h"
#include "engine/cpu/launches.h"
#include "engine/cpu/prepared.h"

namespace vitrine {
namespace {

constexpr std::align_val_t kAlignment{64};

class HostBuffer final : public Buffer {
 public:
  HostBuffer(Backend& backend, std::size_t bytes, std::string_view owner) : Buffer(backend, bytes, owner) {
    host_ = static_cast<std::byte*>(::operator new(bytes, kAlignment));
    std::memset(host_, 0, bytes);
  }
  ~HostBuffer() override { ::operator delete(host_, kAlignment); }
};

std::string processor_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "CPU";
}

std::uint64_t memory_bytes() {
  const long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
  return pages > 0 && size > 0 ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(size) : 0;
}

DeviceInfo describe(const cpu::LoadedKernels& kernels, int threads) {
  DeviceInfo info;
  info.id = "cpu";
  info.name = processor_name();
  info.kind = "cpu";
  info.memory_bytes = memory_bytes();
  info.arithmetic = kernels.arithmetic() == "fma16" ? "fma16" : "tolerance";
  info.isa = kernels.isa();
  info.threads = threads;
  return info;
}

class CpuBackend final : public Backend {
 public:
  explicit CpuBackend(const CpuOptions& options)
      : kernels_(cpu::load_kernels(options.variant)),
        pool_(options.threads),
        lanes_(options.lanes),
        info_(describe(*kernels_, pool_.threads())) {}

  const DeviceInfo& info() const override { return info_; }

  std::shared_ptr<Buffer> allocate(std::size_t bytes, std::string_view owner) override {
    return std::make_shared<HostBuffer>(*this, bytes, owner);
  }
  void upload(Buffer& to, std::size_t offset, std::span<const std::byte> from) override {
    VITRINE_ASSERT(offset <= to.bytes() && from.size() <= to.bytes() - offset);
    if (!from.empty()) std::memcpy(to.host() + offset, from.data(), from.size());
    to.written();
  }
  void download(const Buffer& from, std::size_t offset, std::span<std::byte> to) override {
    VITRINE_ASSERT(offset <= from.bytes() && to.size() <= from.bytes() - offset);
    if (!to.empty()) std::memcpy(to.data(), from.host() + offset, to.size());
  }

  bool supports(const Op& op) const override { return op.view != nullptr || kernels_->find(op.name) != nullptr; }
  int fused_inputs() const override { return cpu::kMostInputs; }
  bool finishes(const Op& op) const override {
    const cpu::Kernel* kernel = kernels_->find(op.name);
    return kernel != nullptr && kernel->finishes;
  }

  void run(const Op& op, const Attrs& attrs, std::span<const Operand> inputs,
           std::span<const Operand> outputs) override {
    const cpu::Kernel* kernel = kernels_->find(op.name);
    VITRINE_ASSERT(kernel != nullptr);
    const auto arrays = [](std::span<const Operand> operands) {
      std::vector<cpu::Array> list;
      for (const Operand& o : operands) list.push_back(cpu::array_of(o.buffer->host(), o.spec, o.layout));
      return list;
    };
    cpu::PreparedCall call(*kernel, attrs, {}, arrays(inputs), arrays(outputs));
    std::shared_ptr<Buffer> packed;
    if (call.packed_bytes() > 0) {
      packed = allocate(call.packed_bytes(), "packed operand");
      call.use_memory(packed->host());
    }
    const cpu::FlushToZero flush;
    call.run(pool_);
    for (const Operand& output : outputs) output.buffer->written();
  }

  std::unique_ptr<Program> prepare(const Schedule& schedule) override {
    if (const cpu::Kernel* lanes = kernels_->find("lanes"); lanes != nullptr && lanes_) {
      if (auto program = cpu::lower_to_lanes(schedule, *this, *lanes)) return program;
    }
    return cpu::prepare_launches(*this, kernels_, pool_, schedule);
  }

 private:
  unsigned begin_streak() noexcept override { return cpu::FlushToZero::begin(); }
  void end_streak(unsigned before) noexcept override { cpu::FlushToZero::end(before); }

  std::shared_ptr<const cpu::LoadedKernels> kernels_;
  cpu::Pool pool_;
  bool lanes_;
  DeviceInfo info_;
};

}  // namespace

DeviceInfo describe_cpu(const CpuOptions& options) {
  const auto threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  return describe(*cpu::load_kernels(options.variant), options.threads > 0 ? options.threads : threads);
}

std::unique_ptr<Backend> make_cpu_backend(const CpuOptions& options) {
  return std::make_unique<CpuBackend>(options);
}

}  // namespace vitrine
