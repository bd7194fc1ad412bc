// The LoadedKernels are the kernel library as this process sees it: which variant it is and which kernels it has.
// Without a wish it is the one that the dynamic loader chose for this machine; a variant or a file can be asked for by
// name, also beside another in the same process.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/cpu/kernel_abi.h"

namespace vitrine::cpu {

class LoadedKernels {
 public:
  LoadedKernels(const KernelLibrary& library, std::shared_ptr<void> handle, std::string path);
  const Kernel* find(std::string_view name) const;  // null if there is none
  std::string_view isa() const { return library_.isa; }
  std::string_view arithmetic() const { return library_.arithmetic; }
  const std::string& path() const { return path_; }

 private:
  const KernelLibrary& library_;
  std::shared_ptr<void> handle_;  // keeps the library in memory
  std::string path_;
};

// Throws when the library was built from another version of the border; `subject` is its file.
void check_abi(std::uint64_t abi, std::string_view subject);

// "" is the loader's choice; "x86-64", "x86-64-v3", "x86-64-v4" a variant of it; anything with a slash a file.
// DeviceError when it is not there, does not fit, or needs instructions that this machine lacks.
std::shared_ptr<const LoadedKernels> load_kernels(std::string_view variant = {});
bool machine_runs(std::string_view variant);

}  // namespace vitrine::cpu
