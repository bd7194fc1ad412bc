// Links by hand: what a person sets, freezes or deletes, and how the plans hear of it.
#include <algorithm>
#include <utility>

#include "engine/core/number.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {

// What does not name a link of this network is ignored: it may be of another that a preset or a file brought.
void Session::edit_link() {
  const std::string text = std::exchange(settings_.link, {});
  if (text.empty()) return;
  const LinkEdit edit = parse_link_edit(text);
  Net& n = net();
  const std::optional<LinkCells> cells = cells_of(edit.place, n.shape, n.inputs, *n.slab);
  if (!cells || (!cells->live && edit.verb != LinkVerb::weigh)) return;
  std::vector<float> values = n.slab->save();
  std::vector<HeldLink> held = n.held;
  const auto found = std::ranges::find(held, edit.place, &HeldLink::place);
  if (edit.verb == LinkVerb::weigh && found == held.end()) {
    values[cells->weight] = edit.weight;
  } else if (edit.verb == LinkVerb::free) {
    if (found != held.end()) held.erase(found);
    let_go(edit.place, n, values);  // also one that the penalty laid to rest
  } else {
    const float weight = edit.verb == LinkVerb::weigh    ? edit.weight
                         : edit.verb == LinkVerb::freeze ? values[cells->weight]
                                                         : 0;
    if (found == held.end()) {
      held.push_back({edit.place, weight});
    } else {
      found->weight = weight;
    }
  }
  n.slab->restore(values);
  settings_.held = write_held(held);
  follow_held();
}

// The slab has what the setting says: held links rest at their weights, others that were held learn again.
void Session::follow_held() {
  std::vector<HeldLink> held = parse_held(settings_.held);
  Net& n = net();
  std::vector<float> values = n.slab->save();
  for (const HeldLink& was : n.held)
    if (std::ranges::find(held, was.place, &HeldLink::place) == held.end()) let_go(was.place, n, values);
  n.held = std::move(held);
  hold(n.held, n, values);
  n.slab->restore(values);
  n.fresh = n.drawn;
  hold(n.held, n, n.fresh);
  inside_ = 0;
  ++version_;
  follow_rests();
}

void Session::hold(const std::vector<HeldLink>& held, const Net& net, std::vector<float>& values) {
  for (const HeldLink& each : held) {
    const auto cells = cells_of(each.place, net.shape, net.inputs, *net.slab);
    if (!cells || !cells->live) continue;
    values[cells->weight] = each.weight;
    values[*cells->live] = 0;
  }
}

// One that was gone begins again where it was drawn.
void Session::let_go(const LinkPlace& place, const Net& net, std::vector<float>& values) {
  const auto cells = cells_of(place, net.shape, net.inputs, *net.slab);
  if (!cells || !cells->live) return;
  values[*cells->live] = 1;
  if (values[cells->weight] == 0) values[cells->weight] = net.drawn[cells->weight];
}

// Whether links rest is part of the plans: most networks have none that do, and their steps ask for none. Launches and
// lanes both come from that one trace.
void Session::follow_rests() {
  Net& n = *net_;
  if (rests(n) == n.recipe.some_rest) return;
  n.recipe.some_rest = !n.recipe.some_rest;
  n.steps = {}, n.explained = {};
}

bool Session::rests(const Net& net) {
  for (int layer = 1; layer <= net.shape.layers(); ++layer) {
    const Region& region = net.slab->region(live_of(layer));
    std::vector<float> live(static_cast<std::size_t>(region.shape.elements()));
    net.slab->read(region, live);
    if (std::ranges::find(live, 0.0f) != live.end()) return true;
  }
  return false;
}

}  // namespace vitrine::views::playground
