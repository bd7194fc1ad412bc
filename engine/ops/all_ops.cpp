// The list: one line an op, by family.
#include "engine/ops/all_ops.h"

#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/comparison.h"
#include "engine/ops/convolution.h"
#include "engine/ops/exponential.h"
#include "engine/ops/gather.h"
#include "engine/ops/gradients.h"
#include "engine/ops/image.h"
#include "engine/ops/layout.h"
#include "engine/ops/linear.h"
#include "engine/ops/order.h"
#include "engine/ops/pooling.h"
#include "engine/ops/random.h"
#include "engine/ops/reduction.h"
#include "engine/ops/rounding.h"
#include "engine/ops/spectral.h"
#include "engine/ops/trigonometry.h"
#include "engine/ops/types.h"

namespace vitrine::ops {
namespace {

constexpr const Op* kAll[] = {
    &kAdd,                    // arithmetic
    &kSub,                    //
    &kMul,                    //
    &kDiv,                    //
    &kMaximum,                //
    &kMinimum,                //
    &kMod,                    //
    &kPow,                    //
    &kNeg,                    //
    &kSquare,                 //
    &kAbs,                    //
    &kWhere,                  //
    &kGreater,                // comparison
    &kGreaterEqual,           //
    &kEqual,                  //
    &kNotEqual,               //
    &kBitAnd,                 //
    &kFloor,                  // rounding
    &kRound,                  //
    &kSign,                   //
    &kSqrt,                   // exponential
    &kExp,                    //
    &kExpm1,                  //
    &kLog,                    //
    &kLog1p,                  //
    &kErf,                    //
    &kSin,                    // trigonometry
    &kCos,                    //
    &kTan,                    //
    &kAsin,                   //
    &kAcos,                   //
    &kAtan,                   //
    &kAtan2,                  //
    &kSinh,                   //
    &kCosh,                   //
    &kAsinh,                  //
    &kAcosh,                  //
    &kAtanh,                  //
    &kTanh,                   // activation
    &kRelu,                   //
    &kSigmoid,                //
    &kSoftplus,               //
    &kCast,                   // types
    &kComplex,                //
    &kReal,                   //
    &kImag,                   //
    &kFourier,                // spectral
    &kMatmul,                 // linear
    &kSum,                    // reduction
    &kMean,                   //
    &kMax,                    //
    &kMin,                    //
    &kLogSumExp,              //
    &kBroadcast,              // layout
    &kTranspose,              //
    &kSlice,                  //
    &kReshape,                //
    &kTap,                    //
    &kCustom,                 // gradients
    &kReverse,                //
    &kPad,                    //
    &kConcat,                 //
    &kCopy,                   //
    &kGather,                 // gather
    &kSegmentSum,             //
    &kFlatIndex,              //
    &kLastWriter,             //
    &kOneHot,                 //
    &kBandPart,               //
    &kArgMax,                 // order
    &kArgMin,                 //
    &kTopK,                   //
    &kSearchSorted,           //
    &kCumsum,                 //
    &kRandomUniform,          // random
    &kRandomNormal,           //
    &kRandomTruncatedNormal,  //
    &kRandomGamma,            //
    &kRandomMultinomial,      //
    // convolution, pooling, image
    &kConvolution,
    &kConvolutionInputGradient,
    &kConvolutionFilterGradient,
    &kMaxPool,
    &kMaxPoolPick,
    &kMaxPoolSpread,
    &kMaxPoolWinners,
    &kAveragePool,
    &kAveragePoolSpread,
    &kResample,
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
