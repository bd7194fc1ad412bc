// The passes between a traced graph and a schedule. Each takes a graph and leaves an equal, smaller one.
#pragma once

#include "engine/graph/graph.h"

namespace vitrine {

void remove_taps(Graph& graph, bool keep);            // labels move to the graph's ends; the nodes go
void fold_constants(Graph& graph, Backend& backend);  // what depends on no input is computed once, now
void share_common(Graph& graph);                      // equal calls are made once
void remove_dead(Graph& graph);                       // what no end needs goes
void fuse(Graph& graph, Backend& backend);            // chains of elementwise nodes become one launch, or an ending

Schedule plan_schedule(const Graph& graph, Backend& backend);  // views resolved, one arena laid out

// Values and nodes know each other by numbers that are ints.
template <class List>
auto& at(List& list, int i) {
  return list[static_cast<std::size_t>(i)];
}

}  // namespace vitrine
