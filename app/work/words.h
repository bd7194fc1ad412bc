// Words as people type them: whether bytes are text at all, and which known word a misspelt one was meant to be.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vitrine::work {

bool is_utf8(std::string_view bytes);

// One field of a CSV line: quoted when it holds a delimiter, a quote or a line break (RFC 4180).
std::string csv_field(std::string_view text);

// The known word with the fewest edits to `word`; empty when none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

// A remedy: "Did you mean X?", or else what to choose from.
std::string hint(std::string_view word, const std::vector<std::string>& known);

}  // namespace vitrine::work
