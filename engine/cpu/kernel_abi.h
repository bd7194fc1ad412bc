// The border between the engine and the kernel library, which is built several times for different instruction sets and
// chosen when the program starts. A Call is one kernel at work on some Arrays; a KernelLibrary is the table that the
// library answers with. All of it is plain data: no exception, allocation or standard container crosses. Both sides
// compile this header, and the hash of its layout must agree before a kernel is called.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

#include "engine/core/limits.h"
#include "engine/cpu/lane_program.h"
#include "engine/tensor/backend.h"

namespace vitrine::cpu {

inline constexpr int kMostInputs = 8;  // of a kernel, fused ones included
inline constexpr int kMostSteps = 64;  // of a fused body

// A tensor as a kernel sees it: strides are in elements, `data` is its first element.
struct Array {
  std::byte* data;
  DType dtype;
  std::int32_t rank;
  std::int64_t extents[limits::kRank];
  std::int64_t strides[limits::kRank];
};

// One attribute, in the order of Op::attrs; which members count follows from the op's declaration.
struct Attribute {
  std::int64_t integer;  // of a bool or an integer
  double real;
  const std::int64_t* integers;
  const double* reals;
  std::int64_t count;  // of a list
};

struct Call {
  const Array* inputs;
  const Array* outputs;  // dense
  const Attribute* attrs;
  // Of a fused launch; the last step is the output. Behind an op's own kernel the first step is Micro::none and stands
  // for the op's result, which the others go on with.
  const MicroStep* body;
  std::int32_t input_count;
  std::int32_t output_count;
  std::int32_t attr_count;
  std::int32_t body_length;
  std::uint32_t fixed;  // a bit for each input whose numbers seldom change, so that packing it is worth while
  // Filled by the kernel's prepare, if it wants one input laid out anew before it runs. Whoever prepares the call
  // provides the memory, 64-byte aligned, and calls the kernel's pack before run, or once if the input stays as it is.
  std::int32_t packed_input;
  std::int64_t packed_floats, pack_chunks;
  float* packed;
  // Filled by the kernel's prepare. Chunks are independent of each other and may run on any thread in any order.
  std::int64_t chunks;
  double nanoseconds;  // a rough estimate for all chunks on one thread
  std::int64_t scratch[160];

  // What prepare found out and run needs, kept in the call: strides and extents, but no address of an input, because
  // that may be bound anew between runs.
  template <class T>
  T& found() {
    static_assert(sizeof(T) <= sizeof scratch && std::is_trivially_copyable_v<T>);
    return *::new (static_cast<void*>(scratch)) T;
  }
  template <class T>
  const T& found() const {
    return *std::launder(reinterpret_cast<const T*>(scratch));
  }
};

struct Kernel {
  const char* name;
  void (*prepare)(Call&) noexcept;
  void (*run)(const Call&, std::int64_t first, std::int64_t last) noexcept;             // chunks first to last - 1
  void (*pack)(const Call&, std::int64_t first, std::int64_t last) noexcept = nullptr;  // likewise, of pack_chunks
  bool finishes = false;  // goes on with a body when its own result is there
};

struct KernelLibrary {
  std::uint64_t abi;       // always first, so that any two versions can tell that they differ
  const char* isa;         // "x86-64-v4"
  const char* arithmetic;  // "fma16" or "baseline"
  const Kernel* kernels;
  std::int64_t count;
};

using KernelLibraryFunction = const KernelLibrary* (*)() noexcept;
inline constexpr const char* kKernelLibrarySymbol = "vitrine_kernel_library";

constexpr std::uint64_t abi_of(std::initializer_list<std::size_t> layout) {
  std::uint64_t hash = 0xCBF29CE484222325ull;
  for (const std::size_t value : layout) hash = (hash ^ value) * 0x100000001B3ull;
  return hash;
}

// clang-format off
// The first number is the version: raise it when a meaning changes and the layout does not.
inline constexpr std::uint64_t kKernelAbi = abi_of({
    5, static_cast<std::size_t>(Micro::count), kMostInputs, kMostSteps,
    sizeof(Array), offsetof(Array, dtype), offsetof(Array, rank), offsetof(Array, extents), offsetof(Array, strides),
    sizeof(Attribute), offsetof(Attribute, real), offsetof(Attribute, integers), offsetof(Attribute, reals),
    offsetof(Attribute, count), sizeof(MicroStep), offsetof(MicroStep, a),
    sizeof(Call), offsetof(Call, outputs), offsetof(Call, attrs), offsetof(Call, body), offsetof(Call, input_count),
    offsetof(Call, packed_floats), offsetof(Call, packed), offsetof(Call, chunks), offsetof(Call, nanoseconds), offsetof(Call, scratch),
    sizeof(Kernel), offsetof(Kernel, prepare), offsetof(Kernel, run), offsetof(Kernel, pack),
    sizeof(KernelLibrary), offsetof(KernelLibrary, isa), offsetof(KernelLibrary, kernels),
    sizeof(LaneProgram), sizeof(LaneStep), offsetof(LaneStep, w), offsetof(LaneStep, out),
    offsetof(LaneStep, operands), offsetof(LaneStep, body_length), sizeof(LaneOperand), sizeof(LaneRow), sizeof(LaneMicro),
    static_cast<std::size_t>(LaneStep::Kind::store), kLaneWorkspace});
// clang-format on

}  // namespace vitrine::cpu
