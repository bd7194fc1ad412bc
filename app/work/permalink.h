// A Permalink is what a person set in an exhibit, as one line for the clipboard, a chat or a worksheet:
//
//   vitrine:playground data.set=spiral learning.rate=0.1 network.layers=[{units:4},{units:2}]
//
// It names what differs from a fresh exhibit, seeds included, so whoever opens it starts the same run. What training
// has moved is not in it; that is what files are for.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/work/value.h"

namespace vitrine::work {

struct Permalink {
  std::string exhibit;
  Settings settings;
  friend bool operator==(const Permalink&, const Permalink&) = default;
};

std::string to_text(const Permalink& link);
bool looks_like_permalink(std::string_view text);
Permalink parse_permalink(std::string_view text);  // UsageError naming the part that cannot be read

}  // namespace vitrine::work
