// The CPU as a Backend: memory is the host's, kernels come from the library that fits this machine, threads from one
// pool. It is the device that every machine has and whose bits every FMA machine repeats.
#pragma once

#include <memory>
#include <string>

#include "engine/tensor/backend.h"

namespace vitrine {

struct CpuOptions {
  int threads = 0;      // 0 = as many as the machine has
  bool lanes = true;    // lower tiny networks; off only to compare the two
  std::string variant;  // of the kernel library, as load_kernels takes it; empty = the loader's choice
};

DeviceInfo describe_cpu(const CpuOptions& options = {});
std::unique_ptr<Backend> make_cpu_backend(const CpuOptions& options = {});

}  // namespace vitrine
