// The one exported symbol of the kernel library, and the table behind it.
#include "engine/cpu/kernels/registration.h"

#include "engine/cpu/lane16.h"

namespace vitrine::cpu {
namespace {

struct Table {
  static constexpr int kRoom = 256;
  Kernel kernels[kRoom];
  KernelLibrary library;
};

// Filled while the library is loaded, constant from then on.
Table& table() noexcept {
#if VITRINE_ISA_V4
  constexpr const char* kIsa = "x86-64-v4";
#elif VITRINE_ISA_V3
  constexpr const char* kIsa = "x86-64-v3";
#elif defined(__x86_64__)
  constexpr const char* kIsa = "x86-64";
#else
  constexpr const char* kIsa = "baseline";
#endif
#if VITRINE_ISA_V4 || VITRINE_ISA_V3
  constexpr const char* kArithmetic = "fma16";
#else
  constexpr const char* kArithmetic = "baseline";
#endif
  static Table the_table{{}, {kKernelAbi, kIsa, kArithmetic, the_table.kernels, 0}};
  return the_table;
}

}  // namespace

Registration::Registration(const char* name, void (*prepare)(Call&) noexcept,
                           void (*run)(const Call&, std::int64_t, std::int64_t) noexcept) noexcept
    : Registration(Kernel{name, prepare, run}) {}

Registration::Registration(const Kernel& kernel) noexcept {
  Table& t = table();
  if (t.library.count == Table::kRoom) __builtin_trap();
  t.kernels[t.library.count++] = kernel;
}

}  // namespace vitrine::cpu

extern "C" __attribute__((visibility("default"))) const vitrine::cpu::KernelLibrary* vitrine_kernel_library() noexcept;

const vitrine::cpu::KernelLibrary* vitrine_kernel_library() noexcept {
  return &vitrine::cpu::table().library;
}
