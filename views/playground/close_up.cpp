// The big field answered by the plan of the tiles, band by band: coarse while the weights move, sharper where they
// rest.
#include "views/playground/close_up.h"

#include <algorithm>
#include <cmath>

#include "views/playground/session.h"

namespace vitrine::views::playground {
namespace {

// In products, of which a core does some ten in a nanosecond.
constexpr std::int64_t kMovingWork = 1'500'000;         // of a close-up while the weights move: a hundredth of a frame
constexpr std::int64_t kSliceWork = 100'000'000;        // of what sharpens one, between two looks at the commands
constexpr std::int64_t kSharpestWork = 10'000'000'000;  // of one as sharp as it will be: a second or two
constexpr std::int64_t kPlaceWork = 50;                 // of a place, whatever its network
constexpr std::int64_t kFormulaWork = 500;              // of a formula there
constexpr int kMostPixels = 2048;

bool same_but_for_sharpness(const CloseUp& a, const CloseUp& b) {
  return a.version == b.version && a.unit == b.unit && a.window == b.window;
}

}  // namespace

void Session::look_at(const Look& look, bool spare_time) {
  look_ = look;
  if (!spare_time) return;
  const int now = close_up()->edge, edge = sharpest_edge();
  if (now == edge) return;
  if (!finer_.image || finer_.image->edge != edge) finer_ = begin_close_up(edge);
  answer(finer_, kSliceWork);
  if (finer_.done < finer_.places()) return;
  close_up_ = std::move(finer_.image);
}

// The unit that is asked for, or the output where an edit took that one away.
UnitPlace Session::looked_at() const {
  const Net& n = net();
  const int layers = n.shape.layers();
  const auto [layer, unit] = look_.unit;
  if (layer == 0 && unit < std::ssize(n.features)) return look_.unit;
  if (layer > 0 && layer < layers && unit < n.shape.units(layer)) return look_.unit;
  return {layers, 0};
}

std::int64_t Session::work_of_place() const {
  const Net& n = net();
  const std::int64_t formulas = std::ssize(n.features) - kFeatures;
  return kPlaceWork + kFormulaWork * formulas + n.shape.parameters();
}

int Session::edge_within(std::int64_t work) const {
  const auto places = static_cast<double>(work / work_of_place());
  return std::clamp(std::max(net().field_edge, static_cast<int>(std::sqrt(places))), 1,
                    std::clamp(look_.pixels, 1, kMostPixels));
}

int Session::sharpest_edge() const {
  return edge_within(kSharpestWork);
}

// What a close-up is of, without any answers.
CloseUp Session::subject() const {
  const Net& n = net();
  const UnitPlace unit = looked_at();
  return {.version = unit.layer == 0 ? n.made_for : version_, .unit = unit, .window = window_of(settings_)};
}

Session::Sharpening Session::begin_close_up(int edge) const {
  const Net& n = net();
  auto image = std::make_shared<CloseUp>(subject());
  image->edge = edge;
  const bool of_classes = image->unit.layer == n.shape.layers() && n.shape.answer == Answer::classes;
  const auto places = static_cast<std::size_t>(edge) * static_cast<std::size_t>(edge);
  image->answers.assign(of_classes ? static_cast<std::size_t>(n.shape.outputs) : 1, Field(places));
  return {std::move(image), 0};
}

void Session::answer(Sharpening& sharpening, std::int64_t work) {
  const auto edge = static_cast<std::size_t>(net().field_edge);
  while (sharpening.done < sharpening.places() && work > 0) {
    const std::size_t count = std::min(edge * edge, sharpening.places() - sharpening.done);
    if (sharpening.image->unit.layer == 0) {
      answer_as_feature(*sharpening.image, sharpening.done, count);
    } else {
      answer_as_unit(*sharpening.image, sharpening.done, count);
    }
    sharpening.done += count;
    work -= static_cast<std::int64_t>(count) * work_of_place();
  }
}

void Session::answer_as_feature(CloseUp& image, std::size_t first, std::size_t count) const {
  const PlaneFeature& feature = net().features[static_cast<std::size_t>(image.unit.unit)];
  for (std::size_t i = first; i < first + count; ++i) {
    const auto [x, y] = middle_of_pixel(image.window, image.edge, i);
    image.answers.front()[i] = static_cast<float>(feature.value(x, y));
  }
}

void Session::answer_as_unit(CloseUp& image, std::size_t first, std::size_t count) {
  Net& n = net();
  std::vector<float> rows;
  rows.reserve(n.grid.size());
  for (std::size_t i = first; i < first + count; ++i) {
    const auto [x, y] = middle_of_pixel(image.window, image.edge, i);
    add_inputs(rows, n.inputs, n.features, x, y);
  }
  rows.resize(n.grid.size());  // the plan answers whole bands
  n.field->bind(n.field->input("x"), rows);
  n.field->run();
  const std::vector<float> answers = n.field->read(answers_of(image.unit.layer));
  const auto units = static_cast<std::size_t>(n.shape.units(image.unit.layer));
  for (std::size_t shown = 0; shown < image.answers.size(); ++shown) {
    const std::size_t unit = static_cast<std::size_t>(image.unit.unit) + shown;
    for (std::size_t i = 0; i < count; ++i) image.answers[shown][first + i] = answers[i * units + unit];
  }
}

// What there is stays while it is true; else one begins coarse.
std::shared_ptr<const CloseUp> Session::close_up() {
  Net& n = net();
  if (close_up_ && same_but_for_sharpness(*close_up_, subject())) return close_up_;
  if (!n.field) build_field(n);
  Sharpening next = begin_close_up(edge_within(kMovingWork));
  answer(next, std::numeric_limits<std::int64_t>::max());
  finer_ = {};
  return close_up_ = std::move(next.image);
}

void Session::show_close_up(Snapshot& s) {
  s.look = look_;
  s.close_up = close_up();
  s.sharp = s.close_up->edge == sharpest_edge();
  s.reading = read_unit();
}

}  // namespace vitrine::views::playground
