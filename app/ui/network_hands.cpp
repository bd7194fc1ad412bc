// What hands do to a network: a link or a bias follows the pointer upwards and downwards, the wheel and the keys move
// it in steps, a menu freezes it or takes it away.
#include <algorithm>

#include "app/ui/network_parts.h"
#include "app/ui/row_parts.h"

namespace vitrine::ui {
namespace measure {
constexpr float weight_drag = 60;  // for one more
}
namespace {
using Target = NetworkPicture::Target;

constexpr float kKeyWeight = 0.1f;  // by one press of + or −, or one notch of the wheel
constexpr const char* kLinkMenu = "link menu";

// Arrows go from unit to unit; with Shift, Up and Down go through the links that end at it.
void move_cursor(const Canvas& c, const NetworkPicture& picture, NetworkState& state) {
  if (!picture.has(state.cursor)) state.cursor = {0, 0};
  if (c.down != 0 && c.shift) {
    const Network& network = picture.network();
    std::vector<int> ending;
    for (int i = 0; i < static_cast<int>(network.links.size()); ++i) {
      const Network::Link& link = picture.link(i);
      if (drawable(network, link) && UnitAt{link.column + 1, link.to} == state.cursor) ending.push_back(i);
    }
    if (ending.empty()) return;
    auto at = std::find(ending.begin(), ending.end(), state.link) - ending.begin(), n = std::ssize(ending);
    at = at == n ? (c.down > 0 ? 0 : n - 1) : (at + c.down + n) % n;
    state.link = ending[static_cast<std::size_t>(at)];
    return;
  }
  if (c.across == 0 && c.down == 0) return;
  state.link = -1;
  int last = static_cast<int>(picture.network().columns.size()) - 1;
  state.cursor.column = std::clamp(state.cursor.column + c.across, 0, last);
  int units = static_cast<int>(picture.column(state.cursor.column).units.size());
  state.cursor.unit = std::clamp(state.cursor.unit + c.down, 0, std::max(units - 1, 0));
}

void press_unit(const NetworkPicture& picture, UnitAt at, NetworkState& state, NetworkEvents& events) {
  Network::Kind kind = picture.column(at.column).kind;
  if (kind == Network::Kind::features) events.toggled = at;
  if (kind != Network::Kind::layer) return;
  state.pinned = state.pinned == at ? UnitAt{} : at;
  events.pinned = at;
}

void want(NetworkEvents& events, int link, UnitAt bias, float weight, Edit edit) {
  events.link = link, events.bias = bias, events.weight = weight, events.edit = edit;
}

void grab(const Canvas& c, const Target& target, const NetworkPicture& picture, NetworkState& state) {
  const bool bias = target.bias && target.unit.valid();
  if (!bias && target.link < 0) return;
  state.in_hand = true, state.moved = false;
  state.link = target.link;
  state.bias = bias ? target.unit : UnitAt{};
  state.grabbed = bias ? static_cast<float>(*picture.unit(target.unit).bias) : picture.link(target.link).weight;
  state.grabbed_y = c.pointer.y;
  state.held_at = bias ? picture.bias_place(target.unit) : target.at;
}

// Until the hand has moved nothing was wanted: a press on a bias is one on its unit.
void drag(const Ui& ui, const Canvas& c, NetworkState& state, NetworkEvents& events) {
  state.moved = state.moved || c.pointer.y != state.grabbed_y;
  const float weight = state.grabbed - (c.pointer.y - state.grabbed_y) / ui.theme.px(measure::weight_drag);
  if (state.moved) want(events, state.link, state.bias, weight, c.item.held ? Edit::changed : Edit::committed);
  state.in_hand = c.item.held;
  if (!state.in_hand) state.link = -1, state.bias = {};
}

// All notches over one link are one edit: it is committed when the pointer leaves it.
void turn_wheel(const Canvas& c, const Target& target, const NetworkPicture& picture, NetworkState& state,
                NetworkEvents& events) {
  if (state.turned >= 0 && (!c.item.hovered || target.link != state.turned)) {
    if (picture.has_link(state.turned)) want(events, state.turned, {}, state.wanted, Edit::committed);
    state.turned = -1;
    return;
  }
  const float notches = c.item.hovered ? ImGui::GetIO().MouseWheel : 0;
  if (notches == 0 || target.link < 0) return;
  if (state.turned < 0) state.wanted = picture.link(target.link).weight;
  state.turned = target.link;
  state.wanted += kKeyWeight * notches;
  want(events, target.link, {}, state.wanted, Edit::changed);
}

void press_keys(const NetworkPicture& picture, NetworkState& state, NetworkEvents& events) {
  const int steps = imgui_compat::pressed(Key::plus, true) - imgui_compat::pressed(Key::minus, true);
  const float by = kKeyWeight * static_cast<float>(steps);
  if (state.link >= 0) {
    const Network::Link& link = picture.link(state.link);
    if (steps != 0) want(events, state.link, {}, link.weight + by, Edit::committed);
    if (!imgui_compat::pressed(Key::remove)) return;
    events.link = state.link;
    events.deed = link.fate == Network::Fate::gone ? LinkDeed::free : LinkDeed::remove;
  } else if (steps != 0 && picture.has(state.cursor) && picture.unit(state.cursor).bias) {
    want(events, -1, state.cursor, static_cast<float>(*picture.unit(state.cursor).bias) + by, Edit::committed);
  }
}

// What can be done with a link, by the pointer's other button or Enter on it.
void link_menu(Ui& ui, const NetworkPicture& picture, NetworkState& state, NetworkEvents& events) {
  if (!picture.has_link(state.menu)) return;
  const Network::Fate fate = picture.link(state.menu).fate;
  std::vector<std::string> words{fate == Network::Fate::frozen ? "Unfreeze" : "Freeze", "Delete link"};
  std::vector<LinkDeed> deeds{fate == Network::Fate::frozen ? LinkDeed::free : LinkDeed::freeze, LinkDeed::remove};
  if (fate == Network::Fate::gone) words = {"Restore link"}, deeds = {LinkDeed::free};
  int chosen = -1;
  if (!menu(ui, {state.menu_at.x, state.menu_at.y, 0, 0}, kLinkMenu, chosen, words)) return;
  events.link = state.menu;
  events.deed = deeds[static_cast<std::size_t>(chosen)];
}

void open_link_menu(int link, Point at, NetworkState& state) {
  state.menu = link, state.menu_at = at;
  ImGui::OpenPopup(kLinkMenu);
}
}  // namespace

NetworkPicture::Target take_hold(Ui& ui, const Canvas& c, const NetworkPicture& picture, NetworkState& state,
                                 NetworkEvents& events) {
  if (!picture.has_link(state.link) && state.link >= 0) state.link = -1, state.in_hand = false;
  if (state.bias.valid() && !picture.has(state.bias)) state.bias = {}, state.in_hand = false;
  const bool free = c.item.hovered && !state.in_hand;
  const Target target = free ? picture.find(c.pointer) : Target{};
  if (c.inside) move_cursor(c, picture, state);
  if (free && ImGui::IsMouseClicked(0)) grab(c, target, picture, state);
  const bool bent = state.in_hand && (state.moved || state.link >= 0);
  const UnitAt under = state.bias.valid() ? state.bias : target.unit;
  turn_wheel(c, target, picture, state, events);
  if (state.in_hand) {
    drag(ui, c, state, events);
  } else if (c.inside) {
    press_keys(picture, state, events);
  } else {
    state.link = -1;
  }
  if (free && target.link >= 0 && ImGui::IsMouseClicked(1)) open_link_menu(target.link, target.at, state);
  const bool on_link = c.inside && state.link >= 0;
  if (on_link && c.act) open_link_menu(state.link, picture.link_middle(state.link), state);
  link_menu(ui, picture, state, events);
  if (c.clicked && !bent && under.valid()) press_unit(picture, under, state, events);
  if (c.act && !on_link && picture.has(state.cursor)) press_unit(picture, state.cursor, state, events);
  return target;
}

}  // namespace vitrine::ui
