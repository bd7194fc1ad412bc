// A Lane16 is sixteen floats that are computed together: the virtual width all kernels are written over. It is one
// register under AVX-512, two under AVX2, and four short vectors elsewhere; every operation gives the same bits under
// each of them, with one exception: without FMA instructions `fma` rounds twice, which is why the baseline promises
// tolerance only. A Mask16 holds sixteen yes-or-no answers.
//
// The header is compiled into the kernel library three times with different instruction sets; the inline namespace
// keeps the three apart wherever they might meet.
#pragma once

#include <cstdint>

#include "engine/core/math.h"

#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
#define VITRINE_ISA_V4 1
#define VITRINE_ISA v4
#include <immintrin.h>
#elif defined(__AVX2__) && defined(__FMA__)
#define VITRINE_ISA_V3 1
#define VITRINE_ISA v3
#include <immintrin.h>
#else
#define VITRINE_ISA baseline
#endif

namespace vitrine::lanes {
inline namespace VITRINE_ISA {

inline constexpr int kLanes = 16;

#if VITRINE_ISA_V4
inline constexpr int kPartLanes = 16;
#elif VITRINE_ISA_V3
inline constexpr int kPartLanes = 8;
#else
inline constexpr int kPartLanes = 4;
#endif
inline constexpr int kParts = kLanes / kPartLanes;

typedef float Part __attribute__((vector_size(kPartLanes * 4)));
typedef float PartAnywhere __attribute__((vector_size(kPartLanes * 4), aligned(4), may_alias));
typedef std::int32_t Bits __attribute__((vector_size(kPartLanes * 4)));
typedef std::uint32_t Words __attribute__((vector_size(kPartLanes * 4)));  // wrap around

#if VITRINE_ISA_V4
using MaskPart = __mmask16;
#else
using MaskPart = Bits;  // all ones or all zeros
#endif

struct Lane16 {
  Part parts[kParts];
  Lane16() = default;
  VITRINE_INLINE explicit Lane16(float value);
};

struct Mask16 {
  MaskPart parts[kParts];
};

// Calls f(0), f(1), ... for each part, written out so that the parts stay in registers.
template <class T, class F>
VITRINE_INLINE T each_part(F f) {
  T result;
  if constexpr (kParts == 1) {
    result.parts[0] = f(0);
  } else if constexpr (kParts == 2) {
    result.parts[0] = f(0), result.parts[1] = f(1);
  } else {
    result.parts[0] = f(0), result.parts[1] = f(1), result.parts[2] = f(2), result.parts[3] = f(3);
  }
  return result;
}

#define VITRINE_PARTS(T, ...) \
  each_part<T>([&]([[maybe_unused]] int i) __attribute__((always_inline)) { return __VA_ARGS__; })

// What the compiler's vector types lack, for one part.
#if VITRINE_ISA_V4
VITRINE_INLINE Part part_fma(Part a, Part b, Part c) {
  return _mm512_fmadd_ps(a, b, c);
}
VITRINE_INLINE MaskPart part_less(Part a, Part b) {
  return _mm512_cmp_ps_mask(a, b, _CMP_LT_OQ);
}
VITRINE_INLINE MaskPart part_equal(Part a, Part b) {
  return _mm512_cmp_ps_mask(a, b, _CMP_EQ_OQ);
}
VITRINE_INLINE MaskPart part_not_at_most(Part a, Part b) {
  return _mm512_cmp_ps_mask(a, b, _CMP_NLE_UQ);
}
VITRINE_INLINE Part part_lesser(Part a, Part b) {
  return _mm512_maskz_min_ps(0xFFFF, a, b);
}
VITRINE_INLINE Part part_square_root(Part a) {
  return _mm512_maskz_sqrt_ps(0xFFFF, a);  // the unmasked one looks uninitialised to GCC 12
}
VITRINE_INLINE Part part_select(MaskPart m, Part a, Part b) {
  return _mm512_mask_blend_ps(m, b, a);
}
VITRINE_INLINE Part part_picked(Part a, Bits lanes) {
  return _mm512_maskz_permutexvar_ps(0xFFFF, reinterpret_cast<__m512i>(lanes), a);
}
VITRINE_INLINE MaskPart part_first(int n) {
  return static_cast<MaskPart>((1u << n) - 1);
}
VITRINE_INLINE Part part_load(const float* from, MaskPart m) {
  return _mm512_maskz_loadu_ps(m, from);
}
VITRINE_INLINE void part_store(float* to, MaskPart m, Part value) {
  _mm512_mask_storeu_ps(to, m, value);
}
#elif VITRINE_ISA_V3
VITRINE_INLINE Part part_fma(Part a, Part b, Part c) {
  return _mm256_fmadd_ps(a, b, c);
}
VITRINE_INLINE MaskPart part_less(Part a, Part b) {
  return a < b;
}
VITRINE_INLINE MaskPart part_equal(Part a, Part b) {
  return a == b;
}
VITRINE_INLINE MaskPart part_not_at_most(Part a, Part b) {
  return ~(a <= b);
}
VITRINE_INLINE Part part_lesser(Part a, Part b) {
  return _mm256_min_ps(a, b);
}
VITRINE_INLINE Part part_square_root(Part a) {
  return _mm256_sqrt_ps(a);
}
VITRINE_INLINE Part part_select(MaskPart m, Part a, Part b) {
  return _mm256_blendv_ps(b, a, _mm256_castsi256_ps(reinterpret_cast<__m256i>(m)));
}
VITRINE_INLINE MaskPart part_first(int n) {
  return Bits{0, 1, 2, 3, 4, 5, 6, 7} < n;
}
VITRINE_INLINE Part part_load(const float* from, MaskPart m) {
  return _mm256_maskload_ps(from, reinterpret_cast<__m256i>(m));
}
VITRINE_INLINE void part_store(float* to, MaskPart m, Part value) {
  _mm256_maskstore_ps(to, reinterpret_cast<__m256i>(m), value);
}
#else
VITRINE_INLINE Part part_fma(Part a, Part b, Part c) {
  return a * b + c;
}
VITRINE_INLINE MaskPart part_less(Part a, Part b) {
  return a < b;
}
VITRINE_INLINE MaskPart part_equal(Part a, Part b) {
  return a == b;
}
VITRINE_INLINE MaskPart part_not_at_most(Part a, Part b) {
  return ~(a <= b);
}
VITRINE_INLINE Part part_square_root(Part a) {
  for (int i = 0; i < kPartLanes; ++i) a[i] = math::square_root(a[i]);
  return a;
}
VITRINE_INLINE Part part_select(MaskPart m, Part a, Part b) {
  return reinterpret_cast<Part>((m & reinterpret_cast<Bits>(a)) | (~m & reinterpret_cast<Bits>(b)));
}
VITRINE_INLINE Part part_lesser(Part a, Part b) {
  return part_select(part_less(a, b), a, b);
}
VITRINE_INLINE MaskPart part_first(int n) {
  return Bits{0, 1, 2, 3} < n;
}
VITRINE_INLINE Part part_load(const float* from, MaskPart m) {
  Part result{};
  for (int i = 0; i < kPartLanes; ++i) {
    if (m[i]) result[i] = from[i];
  }
  return result;
}
VITRINE_INLINE void part_store(float* to, MaskPart m, Part value) {
  for (int i = 0; i < kPartLanes; ++i) {
    if (m[i]) to[i] = value[i];
  }
}
#endif

#if defined(__SANITIZE_ADDRESS__) && (VITRINE_ISA_V3 || VITRINE_ISA_V4)
// AddressSanitizer asks its library about every access of more than sixteen bytes, which takes forty times as long as
// the access. Nothing that it forbids is narrower than sixteen bytes, so here it sees one byte of each sixteen, and the
// last; the register moves unseen. All other registers stay as they are across the call.
__attribute__((noinline, no_caller_saved_registers, target("general-regs-only"))) inline void show_part(
    const volatile char* bytes) {
  for (std::size_t i = 0; i < sizeof(Part); i += 16) static_cast<void>(bytes[i]);
  static_cast<void>(bytes[sizeof(Part) - 1]);
}
VITRINE_INLINE Part part_load(const float* from) {
  show_part(reinterpret_cast<const volatile char*>(from));
  Part value;
  asm("vmovups %1, %0" : "=v"(value) : "m"(*reinterpret_cast<const PartAnywhere*>(from)));
  return value;
}
VITRINE_INLINE void part_store(float* to, Part value) {
  show_part(reinterpret_cast<const volatile char*>(to));
  asm("vmovups %1, %0" : "=m"(*reinterpret_cast<PartAnywhere*>(to)) : "v"(value));
}
#else
VITRINE_INLINE Part part_load(const float* from) {
  return *reinterpret_cast<const PartAnywhere*>(from);
}
VITRINE_INLINE void part_store(float* to, Part value) {
  *reinterpret_cast<PartAnywhere*>(to) = value;
}
#endif

// Subtracting zero keeps every value, -0 too, and costs nothing.
VITRINE_INLINE Lane16::Lane16(float value) {
  *this = VITRINE_PARTS(Lane16, value - Part{});
}

VITRINE_INLINE Lane16 operator+(Lane16 a, Lane16 b) {
  return VITRINE_PARTS(Lane16, a.parts[i] + b.parts[i]);
}
VITRINE_INLINE Lane16 operator-(Lane16 a, Lane16 b) {
  return VITRINE_PARTS(Lane16, a.parts[i] - b.parts[i]);
}
VITRINE_INLINE Lane16 operator*(Lane16 a, Lane16 b) {
  return VITRINE_PARTS(Lane16, a.parts[i] * b.parts[i]);
}
VITRINE_INLINE Lane16 operator/(Lane16 a, Lane16 b) {
  return VITRINE_PARTS(Lane16, a.parts[i] / b.parts[i]);
}
VITRINE_INLINE Lane16 operator-(Lane16 a) {
  return VITRINE_PARTS(Lane16, -a.parts[i]);
}

// a * b + c, rounded once where the machine has FMA.
VITRINE_INLINE Lane16 fma(Lane16 a, Lane16 b, Lane16 c) {
  return VITRINE_PARTS(Lane16, part_fma(a.parts[i], b.parts[i], c.parts[i]));
}

VITRINE_INLINE Mask16 operator<(Lane16 a, Lane16 b) {
  return VITRINE_PARTS(Mask16, part_less(a.parts[i], b.parts[i]));
}
VITRINE_INLINE Mask16 operator==(Lane16 a, Lane16 b) {
  return VITRINE_PARTS(Mask16, part_equal(a.parts[i], b.parts[i]));
}
// Larger, or not to be compared with.
VITRINE_INLINE Mask16 not_at_most(Lane16 a, Lane16 b) {
  return VITRINE_PARTS(Mask16, part_not_at_most(a.parts[i], b.parts[i]));
}
VITRINE_INLINE Mask16 operator&(Mask16 a, Mask16 b) {
  return VITRINE_PARTS(Mask16, static_cast<MaskPart>(a.parts[i] & b.parts[i]));
}
// The smaller one; b if they cannot be compared.
VITRINE_INLINE Lane16 lesser(Lane16 a, Lane16 b) {
  return VITRINE_PARTS(Lane16, part_lesser(a.parts[i], b.parts[i]));
}
VITRINE_INLINE Lane16 square_root(Lane16 a) {
  return VITRINE_PARTS(Lane16, part_square_root(a.parts[i]));
}
VITRINE_INLINE Lane16 select(Mask16 m, Lane16 a, Lane16 b) {
  return VITRINE_PARTS(Lane16, part_select(m.parts[i], a.parts[i], b.parts[i]));
}
VITRINE_INLINE Lane16 absolute(Lane16 a) {
  return VITRINE_PARTS(Lane16, reinterpret_cast<Part>(reinterpret_cast<Bits>(a.parts[i]) & 0x7FFFFFFF));
}
VITRINE_INLINE Lane16 copy_sign(Lane16 magnitude, Lane16 sign) {
  constexpr std::int32_t kSign = INT32_MIN;
  return VITRINE_PARTS(Lane16, reinterpret_cast<Part>((reinterpret_cast<Bits>(magnitude.parts[i]) & ~kSign) |
                                                      (reinterpret_cast<Bits>(sign.parts[i]) & kSign)));
}
// 2^n for a whole n from -126 to 127.
VITRINE_INLINE Lane16 power_of_two(Lane16 n) {
  return VITRINE_PARTS(
      Lane16, reinterpret_cast<Part>((reinterpret_cast<Words>(n.parts[i] + math::kRoundingBias) << 23) + 0x3F800000u));
}

// x * 2^n, given n + kRoundingBias; x and the result are normal.
VITRINE_INLINE Lane16 scaled(Lane16 x, Lane16 biased) {
  return VITRINE_PARTS(Lane16, reinterpret_cast<Part>(reinterpret_cast<Words>(x.parts[i]) +
                                                      (reinterpret_cast<Words>(biased.parts[i]) << 23)));
}

VITRINE_INLINE math::SplitFloat<Lane16> split_float(Lane16 x) {
  math::SplitFloat<Lane16> split;
  for (int i = 0; i < kParts; ++i) {
    const Words bits = reinterpret_cast<Words>(x.parts[i]);
    const Bits e = reinterpret_cast<Bits>(bits - math::kRootOfHalf) >> 23;
    split.mantissa.parts[i] = reinterpret_cast<Part>(bits - (reinterpret_cast<Words>(e) << 23));
    split.exponent.parts[i] = __builtin_convertvector(e, Part);
  }
  return split;
}

// The first n lanes, 0 <= n <= 16.
VITRINE_INLINE Mask16 first(int n) {
  return VITRINE_PARTS(Mask16, part_first(n - i * kPartLanes));
}

VITRINE_INLINE Lane16 load(const float* from) {
  return VITRINE_PARTS(Lane16, part_load(from + i * kPartLanes));
}
VITRINE_INLINE void store(float* to, Lane16 value) {
  for (int i = 0; i < kParts; ++i) part_store(to + i * kPartLanes, value.parts[i]);
}
// Lanes outside the mask are zero and their memory is not touched.
VITRINE_INLINE Lane16 load(const float* from, Mask16 m) {
  return VITRINE_PARTS(Lane16, part_load(from + i * kPartLanes, m.parts[i]));
}
VITRINE_INLINE void store(float* to, Mask16 m, Lane16 value) {
  for (int i = 0; i < kParts; ++i) part_store(to + i * kPartLanes, m.parts[i], value.parts[i]);
}
VITRINE_INLINE Lane16 load_first(const float* from, int n) {
  return n == kLanes ? load(from) : load(from, first(n));
}
VITRINE_INLINE void store_first(float* to, Lane16 value, int n) {
  n == kLanes ? store(to, value) : store(to, first(n), value);
}
VITRINE_INLINE Lane16 load_strided(const float* from, std::int64_t step, int n) {
  float values[kLanes] = {};
  for (int i = 0; i < n; ++i) values[i] = from[i * step];
  return load(values);
}

VITRINE_INLINE Lane16 load_any(const float* from, std::int64_t step, int n) {
  return step == 1 ? load_first(from, n) : load_strided(from, step, n);
}

// Conditions travel as numbers; what is not zero is true, a NaN too.
VITRINE_INLINE Mask16 nonzero(Lane16 a) {
#if VITRINE_ISA_V4
  return {{_mm512_cmp_ps_mask(a.parts[0], Part{}, _CMP_NEQ_UQ)}};
#else
  return VITRINE_PARTS(Mask16, a.parts[i] != Part{});
#endif
}
typedef float Quarter __attribute__((vector_size(16)));

// The sum in a fixed tree: lanes 8, 4, 2, 1 apart are added. Here the first two of these.
VITRINE_INLINE Quarter quarter_sum(Lane16 a) {
  // Written without the cast and extract intrinsics, in which GCC 12 sees uninitialised values.
#if VITRINE_ISA_V4
  const Part whole = a.parts[0];
  const auto eight = __builtin_shufflevector(whole, whole, 0, 1, 2, 3, 4, 5, 6, 7) +
                     __builtin_shufflevector(whole, whole, 8, 9, 10, 11, 12, 13, 14, 15);
#elif VITRINE_ISA_V3
  const Part eight = a.parts[0] + a.parts[1];
#endif
#if VITRINE_ISA_V4 || VITRINE_ISA_V3
  return __builtin_shufflevector(eight, eight, 0, 1, 2, 3) + __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
#else
  return (a.parts[0] + a.parts[2]) + (a.parts[1] + a.parts[3]);
#endif
}
VITRINE_INLINE float sum(Lane16 a) {
  const Quarter four = quarter_sum(a);
  return (four[0] + four[2]) + (four[1] + four[3]);
}
// Of four at once, in the same tree.
VITRINE_INLINE Quarter four_sums(const Lane16 (&lanes)[4]) {
  const Quarter a = quarter_sum(lanes[0]), b = quarter_sum(lanes[1]), c = quarter_sum(lanes[2]),
                d = quarter_sum(lanes[3]);
  const Quarter ab = __builtin_shufflevector(a, b, 0, 4, 1, 5) + __builtin_shufflevector(a, b, 2, 6, 3, 7);
  const Quarter cd = __builtin_shufflevector(c, d, 0, 4, 1, 5) + __builtin_shufflevector(c, d, 2, 6, 3, 7);
  return __builtin_shufflevector(ab, cd, 0, 1, 4, 5) + __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
}

#undef VITRINE_PARTS

}  // namespace VITRINE_ISA
}  // namespace vitrine::lanes
