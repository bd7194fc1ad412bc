// What is under the pointer stays under it.
#include "app/ui/plane_view.h"

#include <algorithm>
#include <cmath>

namespace vitrine::ui {
namespace {

constexpr double kNotch = 1.25;     // closer, by one notch of the wheel or one press of a key
constexpr double kArrowStep = 0.1;  // of the span

PlaneView limited(PlaneView view, const PlaneViewLimits& limits) {
  view.x = std::clamp(view.x, -limits.most, limits.most);
  view.y = std::clamp(view.y, -limits.most, limits.most);
  view.zoom = std::clamp(view.zoom, limits.least_zoom, limits.most_zoom);
  return view;
}

// Closer by a factor, with the place at those shares of the map where it was.
PlaneView closer(const Plane& plane, PlaneView view, const PlaneView& drawn, double across, double up, double factor,
                 const PlaneViewLimits& limits) {
  const double width = (plane.x.high - plane.x.low) * drawn.zoom, height = (plane.y.high - plane.y.low) * drawn.zoom;
  const double before = view.zoom;
  view.zoom = std::clamp(view.zoom * factor, limits.least_zoom, limits.most_zoom);
  const double given = 1 / before - 1 / view.zoom;
  view.x += (across - 0.5) * width * given, view.y += (up - 0.5) * height * given;
  return limited(view, limits);
}

PlaneViewEdit drag(const Canvas& c, const Plane& plane, const PlaneViewLimits& limits, PlaneViewState& state) {
  const PlaneView from = *state.grabbed;
  const bool held = ImGui::IsMouseDown(state.button);
  PlaneView now = from;
  now.x -= (c.pointer.x - state.grabbed_at.x) / plane.area.w * (plane.x.high - plane.x.low);
  now.y += (c.pointer.y - state.grabbed_at.y) / plane.area.h * (plane.y.high - plane.y.low);
  if (!held) state.grabbed.reset();
  now = limited(now, limits);
  if (now == from && held) return {};
  return {held ? Edit::changed : now == from ? Edit::none : Edit::committed, now};
}

PlaneViewEdit turn(const Canvas& c, const Plane& plane, const PlaneView& view, const PlaneViewLimits& limits,
                   PlaneViewState& state) {
  const float notches = c.item.hovered ? ImGui::GetIO().MouseWheel : 0;
  if (notches != 0) {
    const double across = (c.pointer.x - plane.area.x) / plane.area.w,
                 up = (plane.area.bottom() - c.pointer.y) / plane.area.h;
    const double factor = notches > 0 ? 1 + (kNotch - 1) * notches : 1 / (1 - (kNotch - 1) * notches);
    state.turned = closer(plane, state.turned.value_or(view), view, across, up, factor, limits);
    state.turned_at = c.pointer;
    return {Edit::changed, *state.turned};
  }
  const bool moved = c.pointer.x != state.turned_at.x || c.pointer.y != state.turned_at.y;
  if (!state.turned || (c.item.hovered && !moved)) return {};
  const PlaneView last = *state.turned;
  state.turned.reset();
  return {Edit::committed, last};
}

}  // namespace

PlaneView stepped(const Plane& plane, PlaneView view, int across, int down, const PlaneViewLimits& limits) {
  view.x += across * kArrowStep * (plane.x.high - plane.x.low);
  view.y -= down * kArrowStep * (plane.y.high - plane.y.low);
  return limited(view, limits);
}

PlaneViewEdit move_view(const Canvas& c, const Plane& plane, const PlaneView& view, const PlaneViewLimits& limits,
                        bool left_drags, PlaneViewState& state) {
  if (state.grabbed) return drag(c, plane, limits, state);
  const PlaneView home{};
  if (c.item.hovered && c.item.double_clicked && left_drags && view != home) return {Edit::committed, home};
  for (const int button : {2, 0}) {
    if (!c.item.hovered || !ImGui::IsMouseClicked(button) || (button == 0 && !left_drags)) continue;
    state.grabbed = view, state.grabbed_at = c.pointer, state.button = button;
    return {};
  }
  if (c.inside) {
    const int steps = imgui_compat::pressed(Key::plus, true) - imgui_compat::pressed(Key::minus, true);
    if (steps != 0)
      return {Edit::committed, closer(plane, view, view, 0.5, 0.5, steps > 0 ? kNotch : 1 / kNotch, limits)};
    if (c.home && view != home) return {Edit::committed, home};
  }
  return turn(c, plane, view, limits, state);
}

}  // namespace vitrine::ui
