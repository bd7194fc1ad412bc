// Text that comes from elsewhere or goes there: an address of the published playground is read and written, a table of
// points is read.
#pragma once

#include <optional>

#include "views/exhibit.h"

namespace vitrine::views::playground {

std::optional<work::Permalink> read_text(std::string_view text, TextFrom from);
ForeignText write_text(const void* settings);

}  // namespace vitrine::views::playground
