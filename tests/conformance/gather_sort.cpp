// Adapters of what moves, numbers, sorts, reduces and normalises elements.
#include <cmath>

#include "engine/ops/arithmetic.h"
#include "engine/ops/arrange.h"
#include "engine/ops/axes.h"
#include "engine/ops/dynamic.h"
#include "engine/ops/gather.h"
#include "engine/ops/layout.h"
#include "engine/ops/normal.h"
#include "engine/ops/order.h"
#include "engine/ops/reduction.h"
#include "tests/conformance/runner.h"

namespace vitrine::conformance {
namespace {

template <Tensor (*reduce)(const Tensor&, Integers, bool)>
Tensors reduction(const Case& c) {
  return {reduce(c.inputs[0], c.axes(c.inputs[0]), c.boolean("keepDims", false))};
}

Tensor norm(const Case& c) {
  ops::Norm kind = ops::Norm::euclidean;
  if (c.is_text("ord")) {
    const std::string name = c.text("ord");
    if (name == "inf") kind = ops::Norm::infinity;
    if (name == "-inf") kind = ops::Norm::minus_infinity;
  } else if (c.number("ord", 2) == 1) {
    kind = ops::Norm::one;
  }
  return ops::norm(c.inputs[0], kind, c.has("axis") ? c.axes(c.inputs[0]) : Integers{}, c.boolean("keepDims", false));
}

ops::StridedSlice strided(const Case& c) {
  return {c.integers("begin"),         c.integers("end"),
          c.integers("strides"),       c.integer("beginMask", 0),
          c.integer("endMask", 0),     c.integer("ellipsisMask", 0),
          c.integer("newAxisMask", 0), c.integer("shrinkAxisMask", 0)};
}

struct Margins {
  Integers before, after;
};
Margins margins(const Case& c, std::string_view name) {
  Margins both;
  for (const Integers& row : c.rows(name)) {
    both.before.push_back(row.at(0));
    both.after.push_back(row.at(1));
  }
  return both;
}

Tensors split(const Case& c) {
  const std::int64_t axis = c.integer("axis", 0);
  if (c.is_list("numOrSizeSplits")) return ops::split(c.inputs[0], c.integers("numOrSizeSplits"), axis);
  return ops::split(c.inputs[0], c.integer("numOrSizeSplits"), axis);
}

Tensors batch_norm(const Case& c) {
  const bool has_offset = c.boolean("hasOffset", false);
  const Tensor offset = has_offset ? c.inputs[3] : Tensor();
  const Tensor scale = c.boolean("hasScale", false) ? c.inputs[has_offset ? 4 : 3] : Tensor();
  return {ops::batch_norm(c.inputs[0], c.inputs[1], c.inputs[2], offset, scale,
                          static_cast<float>(c.number("varianceEpsilon", 0.001)))};
}

Tensors local_response(const Case& c) {
  const auto number = [&](std::string_view name, double fallback) {
    return static_cast<float>(c.number(name, fallback));
  };
  return {ops::local_response_norm(c.inputs[0], c.integer("depthRadius", 5), number("bias", 1), number("alpha", 1),
                                   number("beta", 0.5))};
}

Tensors lstm_cell(const Case& c) {
  const ops::Cell cell =
      ops::basic_lstm_cell(c.inputs[0], c.inputs[1], c.inputs[2], c.inputs[3], {c.inputs[4], c.inputs[5]});
  return {cell.c, cell.h};
}

Tensors pair(const ops::Indexed& both) {
  return {both.values, both.indices};
}

const Family reductions{
    {"max", reduction<ops::max>},
    {"min", reduction<ops::min>},
    {"prod", reduction<ops::prod>},
    {"logSumExp", reduction<ops::log_sum_exp>},
    {"all", reduction<ops::all>},
    {"any", reduction<ops::any>},
    {"argMax", [](const Case& c) { return Tensors{ops::arg_max(c.inputs[0], c.integer("axis", 0))}; }},
    {"argMin", [](const Case& c) { return Tensors{ops::arg_min(c.inputs[0], c.integer("axis", 0))}; }},
    {"norm", [](const Case& c) { return Tensors{norm(c)}; }},
    {"euclideanNorm", [](const Case& c) { return Tensors{norm(c)}; }},
    {"moments",
     [](const Case& c) {
       const ops::Moments both = ops::moments(c.inputs[0], c.axes(c.inputs[0]), c.boolean("keepDims", false));
       return Tensors{both.mean, both.variance};
     }},
    {"cumsum",
     [](const Case& c) {
       return Tensors{
           ops::cumsum(c.inputs[0], c.integer("axis", 0), c.boolean("exclusive", false), c.boolean("reverse", false))};
     }},
    {"cumprod",
     [](const Case& c) {
       return Tensors{
           ops::cumprod(c.inputs[0], c.integer("axis", 0), c.boolean("exclusive", false), c.boolean("reverse", false))};
     }},
    {"softmax", [](const Case& c) { return Tensors{ops::softmax(c.inputs[0], c.integer("dim", -1))}; }},
    {"logSoftmax", [](const Case& c) { return Tensors{ops::log_softmax(c.inputs[0], c.integer("axis", -1))}; }},
    {"batchNorm", batch_norm},
    {"localResponseNormalization", local_response},
    {"basicLSTMCell", lstm_cell},
};

const Family arrangements{
    {"stridedSlice", [](const Case& c) { return Tensors{ops::strided_slice(c.inputs[0], strided(c))}; }},
    {"concat", [](const Case& c) { return Tensors{ops::concat(c.inputs, c.integer("axis", 0))}; }},
    {"stack", [](const Case& c) { return Tensors{ops::stack(c.inputs, c.integer("axis", 0))}; }},
    {"unstack", [](const Case& c) { return ops::unstack(c.inputs[0], c.integer("axis", 0)); }},
    {"split", split},
    {"tile", [](const Case& c) { return Tensors{ops::tile(c.inputs[0], c.integers("reps"))}; }},
    {"reverse", [](const Case& c) { return Tensors{ops::reverse(c.inputs[0], c.axes(c.inputs[0]))}; }},
    {"mirrorPad",
     [](const Case& c) {
       const Margins both = margins(c, "paddings");
       const auto mirror = c.text("mode") == "reflect" ? ops::Mirror::reflect : ops::Mirror::symmetric;
       return Tensors{ops::mirror_pad(c.inputs[0], both.before, both.after, mirror)};
     }},
    {"depthToSpace", [](const Case& c) { return Tensors{ops::depth_to_space(c.inputs[0], c.integer("blockSize"))}; }},
    {"spaceToBatchND",
     [](const Case& c) {
       const Margins both = margins(c, "paddings");
       return Tensors{ops::space_to_batch(c.inputs[0], c.integers("blockShape"), both.before, both.after)};
     }},
    {"batchToSpaceND",
     [](const Case& c) {
       const Margins both = margins(c, "crops");
       return Tensors{ops::batch_to_space(c.inputs[0], c.integers("blockShape"), both.before, both.after)};
     }},
    {"meshgrid", [](const Case& c) { return ops::meshgrid(c.inputs, c.text("indexing", "xy") == "ij"); }},
    {"image.flipLeftRight", [](const Case& c) { return Tensors{ops::flip_left_right(c.inputs[0])}; }},
    {"image.grayscaleToRGB", [](const Case& c) { return Tensors{ops::grayscale_to_rgb(c.inputs[0])}; }},
    {"image.rgbToGrayscale", [](const Case& c) { return Tensors{ops::rgb_to_grayscale(c.inputs[0])}; }},
    {"image.threshold",
     [](const Case& c) {
       return Tensors{ops::threshold(c.inputs[0], c.text("method", "binary") == "otsu", c.boolean("inverted", false),
                                     c.number("threshValue", 0.5))};
     }},
};

const Family rows{
    {"gather",
     [](const Case& c) {
       return Tensors{ops::gather(c.inputs[0], c.inputs[1], c.integer("axis", 0), c.integer("batchDims", 0))};
     }},
    {"gatherND", [](const Case& c) { return Tensors{ops::gather_nd(c.inputs[0], c.inputs[1])}; }},
    {"scatterND",
     [](const Case& c) {
       return Tensors{ops::scatter_nd(c.inputs[0], c.inputs[1], ops::shape_of(c.integers("shape")))};
     }},
    {"tensorScatterUpdate",
     [](const Case& c) { return Tensors{ops::tensor_scatter_update(c.inputs[0], c.inputs[1], c.inputs[2])}; }},
    {"sparseToDense",
     [](const Case& c) {
       const Shape shape = ops::shape_of(c.integers("outputShape"));
       return Tensors{ops::sparse_to_dense(c.inputs[0], c.inputs[1], c.inputs[2], shape)};
     }},
    {"unsortedSegmentSum",
     [](const Case& c) {
       return Tensors{ops::unsorted_segment_sum(c.inputs[0], c.inputs[1], c.integer("numSegments"))};
     }},
    {"bincount", [](const Case& c) { return Tensors{ops::bincount(c.inputs[0], c.inputs[1], c.integer("size"))}; }},
    {"denseBincount",
     [](const Case& c) {
       return Tensors{
           ops::dense_bincount(c.inputs[0], c.inputs[1], c.integer("size"), c.boolean("binaryOutput", false))};
     }},
    {"confusionMatrix",
     [](const Case& c) { return Tensors{ops::confusion_matrix(c.inputs[0], c.inputs[1], c.integer("numClasses"))}; }},
    {"oneHot",
     [](const Case& c) {
       return Tensors{ops::one_hot(c.inputs[0], c.integer("depth"), c.number("onValue", 1), c.number("offValue", 0))};
     }},
    {"linalg.bandPart",
     [](const Case& c) { return Tensors{ops::band_part(c.inputs[0], c.integer("numLower"), c.integer("numUpper"))}; }},
    {"diag", [](const Case& c) { return Tensors{ops::diag(c.inputs[0])}; }},
    {"topk",
     [](const Case& c) {
       const ops::TopK top = ops::top_k(c.inputs[0], c.integer("k", 1));
       return Tensors{top.values, top.indices};
     }},
    {"searchSorted",
     [](const Case& c) {
       return Tensors{ops::search_sorted(c.inputs[0], c.inputs[1], c.text("side", "left") == "right")};
     }},
    {"lowerBound", [](const Case& c) { return Tensors{ops::search_sorted(c.inputs[0], c.inputs[1])}; }},
    {"upperBound", [](const Case& c) { return Tensors{ops::search_sorted(c.inputs[0], c.inputs[1], true)}; }},
};

const Family dynamics{
    {"booleanMaskAsync",
     [](const Case& c) { return Tensors{ops::boolean_mask(c.inputs[0], c.inputs[1], c.integer("axis", 0))}; }},
    {"whereAsync", [](const Case& c) { return Tensors{ops::where_indices(c.inputs[0])}; }},
    {"setdiff1dAsync", [](const Case& c) { return pair(ops::set_difference(c.inputs[0], c.inputs[1])); }},
    {"inTopKAsync", [](const Case& c) { return Tensors{ops::in_top_k(c.inputs[0], c.inputs[1], c.integer("k", 1))}; }},
    {"unique", [](const Case& c) { return pair(ops::unique(c.inputs[0], c.integer("axis", 0))); }},
    {"sparse.reshape",
     [](const Case& c) {
       const ops::SparseReshape both = ops::sparse_reshape(c.inputs[0], c.inputs[1], c.inputs[2]);
       return Tensors{both.indices, both.shape};
     }},
    {"sparse.segmentSum",
     [](const Case& c) { return Tensors{ops::sparse_segment_sum(c.inputs[0], c.inputs[1], c.inputs[2])}; }},
    {"sparse.segmentMean",
     [](const Case& c) { return Tensors{ops::sparse_segment_sum(c.inputs[0], c.inputs[1], c.inputs[2], true)}; }},
    {"sparse.fillEmptyRows",
     [](const Case& c) {
       const ops::FilledRows f = ops::sparse_fill_empty_rows(c.inputs[0], c.inputs[1], c.inputs[2], c.inputs[3]);
       return Tensors{f.indices, f.values, f.empty_rows, f.reverse_map};
     }},
};

}  // namespace
}  // namespace vitrine::conformance
