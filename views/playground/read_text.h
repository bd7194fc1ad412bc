// What pasted or dropped text means to the Playground: an address of the published one, or a table of points.
#pragma once

#include <optional>

#include "app/work/permalink.h"

namespace vitrine::views::playground {

std::optional<work::Permalink> read_text(std::string_view text);

}  // namespace vitrine::views::playground
