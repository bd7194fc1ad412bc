// A Classroom is what the maker of a file takes out of the hands of those who open it: controls that keep their value,
// and controls that are not shown at all. It guides and does not guard: who wants to may free every control again.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace vitrine::work {

enum class Access { free, locked, hidden };

struct Classroom {
  std::set<std::string> locked, hidden;  // ids of rows

  void give(const std::string& id, Access access) {
    locked.erase(id), hidden.erase(id);
    if (access == Access::locked) locked.insert(id);
    if (access == Access::hidden) hidden.insert(id);
  }
  // Of a row or of anything inside it: `network.layers[2].units` belongs to `network.layers`.
  Access access(std::string_view path) const {
    const std::string id(path.substr(0, path.find('[')));
    return hidden.contains(id) ? Access::hidden : locked.contains(id) ? Access::locked : Access::free;
  }
  bool empty() const { return locked.empty() && hidden.empty(); }
  friend bool operator==(const Classroom&, const Classroom&) = default;
};

}  // namespace vitrine::work
