// Finding, checking and asking the kernel library.
#include "engine/cpu/library.h"

#include <dlfcn.h>

#include <filesystem>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/number.h"

extern "C" const vitrine::cpu::KernelLibrary* vitrine_kernel_library() noexcept;

namespace vitrine::cpu {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRemedy = "Build and install Vitrine and its kernel library together.";

std::string path_of(const KernelLibrary& library) {
  Dl_info info{};
  return dladdr(library.isa, &info) != 0 && info.dli_fname != nullptr ? info.dli_fname : "libvitrine_kernels.so";
}

// Where a variant lies, given the path of any other.
fs::path path_of(std::string_view variant, const fs::path& known) {
  fs::path folder = known.parent_path();
  if (folder.parent_path().filename() == "glibc-hwcaps") folder = folder.parent_path().parent_path();
  if (variant != "x86-64" && variant != "baseline") folder = folder / "glibc-hwcaps" / variant;
  return folder / known.filename();
}

}  // namespace

LoadedKernels::LoadedKernels(const KernelLibrary& library, std::shared_ptr<void> handle, std::string path)
    : library_(library), handle_(std::move(handle)), path_(std::move(path)) {
  check_abi(library.abi, path_);
}

const Kernel* LoadedKernels::find(std::string_view name) const {
  for (std::int64_t i = 0; i < library_.count; ++i) {
    if (library_.kernels[i].name == name) return &library_.kernels[i];
  }
  return nullptr;
}

void check_abi(std::uint64_t abi, std::string_view subject) {
  if (abi == kKernelAbi) return;
  throw DeviceError({std::string(subject), "is a kernel library of another version of Vitrine",
                     "interface " + to_text(static_cast<std::int64_t>(kKernelAbi)),
                     to_text(static_cast<std::int64_t>(abi)), kRemedy});
}

bool machine_runs(std::string_view variant) {
#if defined(__x86_64__)
  const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
  if (variant == "x86-64-v3") return v3;
  if (variant == "x86-64-v4") {
    return v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
  }
  return variant == "x86-64";
#else
  return variant == "baseline";
#endif
}

namespace {

// What the loader has to say about the last failure; asking a second time lets it release its text.
std::string loader_says() {
  const char* text = dlerror();
  std::string said = text == nullptr ? "" : text;
  dlerror();
  return said;
}

}  // namespace

std::shared_ptr<const LoadedKernels> load_kernels(std::string_view variant) {
  const KernelLibrary& chosen = *vitrine_kernel_library();
  const std::string known = path_of(chosen);
  if (variant.empty()) return std::make_shared<LoadedKernels>(chosen, nullptr, known);

  const bool is_file = variant.find('/') != std::string_view::npos;
  if (!is_file && !machine_runs(variant)) {
    throw DeviceError({"cpu", "cannot run the kernels for " + std::string(variant),
                       "a variant that this processor knows", std::string(variant),
                       "Leave the choice to the program: it takes the best that the machine has."});
  }
  const std::string path = is_file ? std::string(variant) : path_of(variant, known).string();
  std::shared_ptr<void> handle(dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL), [](void* h) {
    if (h != nullptr) dlclose(h);
  });
  if (handle == nullptr)
    throw DeviceError(
        {path, "is no kernel library that can be loaded", "one that the loader takes", loader_says(), kRemedy});
  const auto function = reinterpret_cast<KernelLibraryFunction>(dlsym(handle.get(), kKernelLibrarySymbol));
  if (function == nullptr) {
    throw DeviceError({path, "is not a kernel library of Vitrine", "the symbol " + std::string(kKernelLibrarySymbol),
                       loader_says(), kRemedy});
  }
  return std::make_shared<LoadedKernels>(*function(), std::move(handle), path);
}

}  // namespace vitrine::cpu
