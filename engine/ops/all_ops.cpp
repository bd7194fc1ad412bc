// The list: one line an op, by family.
#include "engine/ops/all_ops.h"

#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/exponential.h"
#include "engine/ops/layout.h"
#include "engine/ops/linear.h"
#include "engine/ops/reduction.h"

namespace vitrine::ops {
namespace {

constexpr const Op* kAll[] = {
    &kAdd,        // arithmetic
    &kSub,        //
    &kMul,        //
    &kNeg,        //
    &kSquare,     //
    &kGreater,    //
    &kWhere,      //
    &kTanh,       // activation
    &kRelu,       //
    &kSigmoid,    //
    &kExp,        // exponential
    &kMatmul,     // linear
    &kSum,        // reduction
    &kMean,       //
    &kBroadcast,  // layout
    &kTranspose,  //
    &kSlice,      //
    &kReshape,    //
    &kTap,        //
    &kReverse,    //
    &kPad,        //
    &kConcat,     //
    &kCopy,       //
};

}  // namespace

std::span<const Op* const> all_ops() {
  return kAll;
}

const Op* find_op(std::string_view name) {
  for (const Op* op : kAll) {
    if (op->name == name) return op;
  }
  return nullptr;
}

}  // namespace vitrine::ops
