// Floor and axes first, then facets from far to near with the points that stand on each.
#include "views/playground/surface_pane.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "app/ui/focus.h"
#include "app/ui/offers.h"
#include "engine/core/number.h"
#include "views/playground/answers_table.h"
#include "views/playground/field_marks.h"
#include "views/playground/plane.h"
#include "views/playground/surface.h"

namespace vitrine::views::playground {

using namespace ui;
using work::command::Set;

namespace {

constexpr int kMeshLine = 4;  // facets between two lines of the mesh
constexpr double kDegreesPerPixel = 0.5, kDegreesPerKey = 5;
constexpr double kLabelAway = 1.16;  // of a label, from the middle, of half the plane's edge

class SurfacePicture {
 public:
  SurfacePicture(Ui& ui, const Rect& area, const Snapshot& s, std::span<const float> values, float reach)
      : ui_(ui),
        s_(s),
        settings_(*static_cast<const Settings*>(s.settings.get())),
        values_(values),
        edge_(s.close_up->edge),
        reach_(reach),
        camera_(settings_.turn, settings_.tilt, area) {}

  void draw() {
    draw_floor();
    stand_points();
    for (const Facet& facet : facets(values_, edge_, reach_, camera_)) draw(facet);
  }

 private:
  void edge(double x1, double y1, double x2, double y2, double height) {
    line(ui_, camera_.at(x1, y1, height), camera_.at(x2, y2, height), ui_.theme.overlay(Overlay::axis));
  }

  void label(double x, double y, double height, std::string_view words) {
    const Point at = camera_.at(x, y, height);
    const float width = text_width(ui_, Type::small, words), line = ui_.theme.line(Type::small);
    text(ui_, {at.x - width / 2, at.y - line / 2, width + 1, line}, words,
         {.type = Type::small, .colour = ui_.theme->ink3});
  }

  // The frame of the plane at the lowest answer, its axes named on the edges that are nearer.
  void draw_floor() {
    edge(-1, -1, 1, -1, -1), edge(1, -1, 1, 1, -1), edge(1, 1, -1, 1, -1), edge(-1, 1, -1, -1, -1);
    const double near_y = camera_.depth(0, 1) > 0 ? -1 : 1, near_x = camera_.depth(1, 0) > 0 ? -1 : 1;
    const Window& w = s_.window();
    const auto number = [](double value) { return number_text(value, {.digits = 3, .trim = true}); };
    label(-1, near_y * kLabelAway, -1, number(w.x - w.half()));
    label(0, near_y * kLabelAway, -1, "x₁");
    label(1, near_y * kLabelAway, -1, number(w.x + w.half()));
    label(near_x * kLabelAway, 0, -1, "x₂");  // at the nearest corner the other axis has its number
    label(near_x * kLabelAway, -near_y, -1, number(w.y - near_y * w.half()));
  }

  std::pair<int, int> facet_of(double x, double y) const {
    const int mesh = std::min(kMesh, edge_ - 1);
    const auto place = [&](double at) { return std::clamp(static_cast<int>((at + 1) / 2 * mesh), 0, mesh - 1); };
    return {place(x), place(-y)};
  }

  void stand_points() {
    const std::size_t shown = settings_.test ? s_.points->all.size() : s_.points->train;
    const std::size_t stride = std::max<std::size_t>(1, s_.points->all.size() / kMostMarks);
    for (std::size_t i = 0; i < shown; i += stride) {
      const datasets::PlanePoint& p = s_.points->all[i];
      const Window& w = s_.window();
      if (!w.holds(p.x, p.y)) continue;
      const double x = (p.x - w.x) / w.half(), y = (p.y - w.y) / w.half();
      standing_[facet_of(x, y)].push_back({i, camera_.at(x, y, height_at(values_, edge_, reach_, x, y))});
    }
  }

  void draw(const Facet& facet) {
    const Theme& theme = ui_.theme;
    patch(ui_, facet.corners, theme.diverging(facet.value / reach_ * kFieldRange));
    const Colour thread = theme.overlay(Overlay::track);
    if (facet.row % kMeshLine == 0) line(ui_, facet.corners[0], facet.corners[1], thread);
    if (facet.column % kMeshLine == 0) line(ui_, facet.corners[0], facet.corners[3], thread);
    for (std::size_t i = 0; i + 1 < facet.zero.size(); i += 2)
      line(ui_, facet.zero[i], facet.zero[i + 1], theme.ink_share(kZeroShare), theme.stroke(measure::stroke_icon));
    const auto here = standing_.find({facet.column, facet.row});
    if (here == standing_.end()) return;
    for (const auto& [point, at] : here->second) draw_point_at(ui_, at, *s_.points, point);
  }

  static constexpr float kZeroShare = 0.75f;  // of ink, as on the field

  Ui& ui_;
  const Snapshot& s_;
  const Settings& settings_;
  std::span<const float> values_;
  int edge_;
  float reach_;
  Camera camera_;
  struct Standing {
    std::size_t point;
    Point at;
  };
  std::map<std::pair<int, int>, std::vector<Standing>> standing_;
};

double turned(double degrees) {  // -180 … 180
  const double whole = std::fmod(degrees + 180, 360);
  return whole < 0 ? whole + 180 : whole - 180;
}

}  // namespace

void SurfacePane::draw(Ui& ui, const Rect& rect, const Rect& heading, const Snapshot& s, std::span<const float> values,
                       float reach, const Post& post) {
  const auto& settings = *static_cast<const Settings*>(s.settings.get());
  const Canvas c = canvas(ui, "surface", rect, inside_);
  orbit(ui, c, settings, post);
  if (!c.item.visible) return;
  const auto paint = [&](Ui& page, const Rect& area) {
    const Clip clip(page, area);
    SurfacePicture(page, area.inset(page.theme.u(4)), s, values, reach).draw();
  };
  paint(ui, rect);
  offers(ui, heading, in_use(c, rect) || in_use(c, heading),
         {.name = "surface", .rect = rect, .csv = [&] { return answers_csv(s); }, .draw = paint});
}

// A drag turns and tilts from where it was taken; keys go in steps, Home to where it stood at first.
void SurfacePane::orbit(Ui& ui, const Canvas& c, const Settings& settings, const Post& post) {
  const auto look = [&](double turn, double tilt, bool committed) {
    post(Set{"view.turn", turned(turn), false});
    post(Set{"view.tilt", std::clamp(tilt, kLeastTilt, kMostTilt), committed});
  };
  if (c.item.hovered && ImGui::IsMouseClicked(0)) {
    in_hand_ = true, grabbed_at_ = c.pointer;
    grabbed_turn_ = settings.turn, grabbed_tilt_ = settings.tilt;
  }
  const Settings fresh;
  if (c.item.hovered && c.item.double_clicked) return look(fresh.turn, fresh.tilt, true);
  if (in_hand_) {
    const bool held = ImGui::IsMouseDown(0);
    const double right = static_cast<double>((c.pointer.x - grabbed_at_.x) / ui.theme.scale());
    const double down = static_cast<double>((c.pointer.y - grabbed_at_.y) / ui.theme.scale());
    in_hand_ = held;
    if (right != 0 || down != 0)
      look(grabbed_turn_ + right * kDegreesPerPixel, grabbed_tilt_ + down * kDegreesPerPixel, !held);
    return;
  }
  if (c.across != 0 || c.down != 0)
    look(settings.turn + c.across * kDegreesPerKey, settings.tilt - c.down * kDegreesPerKey, true);
  if (c.home) look(fresh.turn, fresh.tilt, true);
}

}  // namespace vitrine::views::playground
