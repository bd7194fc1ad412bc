// An address has no lines, a table has several; what is called a table is told what it lacks.
#include "views/playground/read_text.h"

#include "engine/core/limits.h"
#include "views/playground/address.h"
#include "views/playground/own_points.h"
#include "views/playground/settings.h"

namespace vitrine::views::playground {

std::optional<work::Permalink> read_text(std::string_view text, TextFrom from) {
  const std::size_t end = text.find_last_not_of(" \n\r");
  const bool one_line = end == text.npos || text.substr(0, end).find('\n') == text.npos;
  if (one_line && looks_like_address(text)) {
    return work::Permalink{"playground", {{"data.address", std::string(text)}}};
  }
  if (one_line || !looks_like_table(text)) {
    if (from != TextFrom::table_file) return {};
    read_table(text, {});  // says what is wrong with it
  }
  // What is too long for a control is kept as its points alone.
  std::string table(text.size() <= limits::kTextBytes ? std::string(text) : write_table(read_table(text, {})));
  return work::Permalink{"playground", {{"data.set", std::string(kOwn)}, {"data.table", std::move(table)}}};
}

ForeignText write_text(const void* settings) {
  const auto& s = *static_cast<const Settings*>(settings);
  return {"Address", "Copies an address of the published playground with the same experiment.", address_of(s),
          why_no_address(s)};
}

}  // namespace vitrine::views::playground
